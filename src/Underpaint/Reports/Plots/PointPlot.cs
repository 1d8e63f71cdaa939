using ScottPlot;

namespace Underpaint.Reports.Plots;

/// <summary>Named points between two figures, with what they are the means of as smaller points in the same colour.</summary>
internal sealed record PointPlot : IPlot
{
    private const float MarkSize = 9, PartSize = 5;

    // As many names as the usual sheet has room for without lines to them.
    private const int FewPoints = 10;

    public required IReadOnlyList<NamedPoint> Points { get; init; }

    /// <inheritdoc/>
    public bool HasPoints => Points.Any(CanBeDrawn);

    /// <inheritdoc/>
    public int Height => Points.Count(CanBeDrawn) <= FewPoints ? PlotSheet.UsualHeight : PlotSheet.UsualHeight * 3 / 2;

    /// <inheritdoc/>
    public byte[] ToPng(PlotTheme theme)
    {
        NamedPoint[] shown = [.. Points.Where(CanBeDrawn)];
        (double Across, double Value)[] all = [.. shown.SelectMany(point => point.Parts.Append((point.Across, point.Value)))];
        using var sheet = new PlotSheet(theme,
            ValueAxis.Linear(all.Min(point => point.Across), all.Max(point => point.Across), hasNames: false),
            ValueAxis.Linear(all.Min(point => point.Value), all.Max(point => point.Value), hasNames: false), Height);
        IReadOnlyList<LabelPlace> places = LabelPlace.Choose(
            [.. shown.Select(point => (sheet.PlaceOf(point.Across, point.Value), point.Name))],
            shown.SelectMany(PartsOf).Select(part => sheet.PlaceOf(part.Across, part.Value)), sheet.Inside);
        // Below the points, so that no line to a name hides one.
        foreach ((NamedPoint point, LabelPlace place) in shown.Zip(places))
            sheet.Label(point.Across, point.Value, point.Name, place);
        foreach ((NamedPoint point, int i) in shown.Select((point, i) => (point, i)))
        {
            Color color = PlotTheme.OfRun(i);
            foreach ((double across, double value) in PartsOf(point))
                sheet.Mark(across, value, color.WithAlpha(0.6), PartSize);
            sheet.Mark(point.Across, point.Value, color, MarkSize);
        }
        return sheet.ToPng();
    }

    private static IReadOnlyList<(double Across, double Value)> PartsOf(NamedPoint point) => point.Parts.Count > 1 ? point.Parts : [];

    private static bool CanBeDrawn(NamedPoint point) =>
        double.IsFinite(point.Across) && double.IsFinite(point.Value) && point.Parts.All(part => double.IsFinite(part.Across) && double.IsFinite(part.Value));
}
