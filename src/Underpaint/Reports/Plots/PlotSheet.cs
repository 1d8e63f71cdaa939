using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;
using Underpaint.Training;

namespace Underpaint.Reports.Plots;

/// <summary>An empty plot over images seen in the report's style: paper, bands of phases, labelled axes.</summary>
internal sealed class PlotSheet : IDisposable
{
    /// <summary>Width on the page.</summary>
    public const int Width = 540;

    /// <summary>Height on the page.</summary>
    public const int Height = 270;

    private const int Density = 2;
    private const float TextSize = 13;

    private readonly Plot _plot = new();
    private readonly PlotTheme _theme;
    private readonly ValueAxis _values;

    public PlotSheet(PlotTheme theme, IReadOnlyList<PhaseSpan> phases, long lastImage, ValueAxis values)
    {
        (_theme, _values) = (theme, values);
        _plot.Font.Set(PictureFont.Family);
        _plot.ScaleFactor = Density;
        _plot.FigureBackground.Color = theme.Paper;
        _plot.DataBackground.Color = theme.Paper;
        ShadePhases(phases, lastImage);
        LabelAxes(lastImage);
        // A little more on the right, so that a mark at the very end is whole.
        _plot.Axes.SetLimits(0, lastImage * 1.01, values.Low, values.High);
    }

    /// <summary>Draws one line; with few points they are marked, so that a single one can be seen.</summary>
    public void Line(IReadOnlyList<CurvePoint> points, Color color)
    {
        if (points.Count == 0)
            return;
        Coordinates[] places = [.. points.Select(point => new Coordinates(point.ImagesSeen, _values.OnPlot(point.Value)))];
        Scatter line = _plot.Add.Scatter(places, color);
        line.LineWidth = 2;
        line.MarkerSize = points.Count <= 40 ? 5 : 0;
    }

    public byte[] ToPng() => _plot.GetImageBytes(Width * Density, Height * Density, ImageFormat.Png);

    public void Dispose() => _plot.Dispose();

    private void ShadePhases(IReadOnlyList<PhaseSpan> phases, long lastImage)
    {
        for (int i = 0; i < phases.Count; i++)
        {
            PhaseSpan phase = phases[i];
            Color shade = i % 2 == 0 ? PlotTheme.Band : Colors.Transparent;
            HorizontalSpan band = _plot.Add.HorizontalSpan(phase.Start, phase.End, shade);
            band.LineStyle.IsVisible = false;
            // A name in a band that is much too narrow for it would only hide its neighbours' names.
            if (phase.End - phase.Start < lastImage * 0.08)
                continue;
            Text name = _plot.Add.Text(phase.Name, phase.Start, _values.High);
            (name.LabelFontName, name.LabelFontSize, name.LabelFontColor) = (PictureFont.Family, TextSize, _theme.Muted);
            (name.LabelAlignment, name.OffsetX, name.OffsetY) = (Alignment.UpperLeft, 6, 5);
        }
    }

    private void LabelAxes(long lastImage)
    {
        double[] images = [.. ValueAxis.RoundValues(0, lastImage, about: 5)];
        Style(_plot.Axes.Bottom, images.Select(count => (count, Figures.ShortCount(count))));
        Style(_plot.Axes.Left, _values.Ticks);
        _plot.Axes.Right.FrameLineStyle.IsVisible = false;
        _plot.Axes.Top.FrameLineStyle.IsVisible = false;
        _plot.Axes.Left.FrameLineStyle.IsVisible = false;
        // Plots that stand below each other get the same edges, whatever their labels.
        _plot.Layout.Fixed(new PixelPadding(left: 48, right: 14, bottom: 28, top: 4));
        _plot.Grid.MajorLineColor = _theme.Rule;
        _plot.Grid.XAxisStyle.IsVisible = false;
    }

    private void Style(IAxis axis, IEnumerable<(double Position, string Label)> ticks)
    {
        axis.TickGenerator = new NumericManual([.. ticks.Select(tick => tick.Position)], [.. ticks.Select(tick => tick.Label)]);
        axis.MajorTickStyle.Length = 0;
        axis.FrameLineStyle.Color = _theme.Muted;
        axis.FrameLineStyle.Width = 1;
        axis.TickLabelStyle.FontName = PictureFont.Family;
        axis.TickLabelStyle.FontSize = TextSize;
        axis.TickLabelStyle.ForeColor = _theme.Muted;
    }
}
