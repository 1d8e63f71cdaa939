using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;
using Underpaint.Training;
using PointF = System.Drawing.PointF;
using RectangleF = System.Drawing.RectangleF;

namespace Underpaint.Reports.Plots;

/// <summary>An empty plot in the pages' style: paper and labelled axes.</summary>
internal sealed class PlotSheet : IDisposable
{
    /// <summary>Width on the page.</summary>
    public const int Width = 540;

    /// <summary>Height on the page of most plots.</summary>
    public const int UsualHeight = 270;

    private const int Density = 2;
    private const float TextSize = 13;
    // Plots that stand below each other get the same edges, whatever their labels.
    private const float LeftEdge = 48, RightEdge = 14, LowerEdge = 28, UpperEdge = 4;

    private readonly Plot _plot = new();
    private readonly PlotTheme _theme;
    private readonly ValueAxis _across, _values;
    private readonly int _height;

    public PlotSheet(PlotTheme theme, ValueAxis across, ValueAxis values, int height = UsualHeight)
    {
        (_theme, _across, _values, _height) = (theme, across, values, height);
        _plot.Font.Set(PictureFont.Family);
        _plot.ScaleFactor = Density;
        _plot.FigureBackground.Color = theme.Paper;
        _plot.DataBackground.Color = theme.Paper;
        LabelAxes();
        _plot.Axes.SetLimits(across.Low, across.High, values.Low, values.High);
    }

    /// <summary>Where the points are, between the labels of the axes.</summary>
    public RectangleF Inside => RectangleF.FromLTRB(LeftEdge, UpperEdge, Width - RightEdge, _height - LowerEdge);

    /// <summary>Draws one line; with few points they are marked, so that a single one can be seen.</summary>
    public void Line(IEnumerable<(double Across, double Value)> points, Color color, LinePattern pattern)
    {
        Coordinates[] places = [.. points.Select(point => new Coordinates(_across.OnPlot(point.Across), _values.OnPlot(point.Value)))];
        if (places.Length == 0)
            return;
        Scatter line = _plot.Add.Scatter(places, color);
        line.LineWidth = 2;
        line.LinePattern = pattern;
        line.MarkerSize = places.Length <= 40 ? 5 : 0;
    }

    /// <summary>Where on the sheet a point is, from its upper left corner.</summary>
    public PointF PlaceOf(double across, double value) => new(
        Inside.Left + Inside.Width * (float)((_across.OnPlot(across) - _across.Low) / (_across.High - _across.Low)),
        Inside.Bottom - Inside.Height * (float)((_values.OnPlot(value) - _values.Low) / (_values.High - _values.Low)));

    /// <summary>A single point.</summary>
    public void Mark(double across, double value, Color color, float size) =>
        _plot.Add.Marker(_across.OnPlot(across), _values.OnPlot(value), MarkerShape.FilledCircle, size, color);

    /// <summary>The name of a point, with a line to it if it is far off.</summary>
    public void Label(double across, double value, string name, LabelPlace place)
    {
        PointF point = PlaceOf(across, value);
        if (place.Ring > 0)
        {
            LinePlot line = _plot.Add.Line(At(point), At(new(point.X + place.OffsetX, point.Y + place.OffsetY)));
            (line.LineColor, line.LineWidth, line.MarkerSize) = (_theme.Muted, 0.7f, 0);
        }
        Text text = TextAt(name, _across.OnPlot(across), _values.OnPlot(value));
        text.LabelAlignment = (place.Right, place.Down) switch
        {
            (1, -1) => Alignment.LowerLeft,
            (1, 1) => Alignment.UpperLeft,
            (1, _) => Alignment.MiddleLeft,
            (-1, -1) => Alignment.LowerRight,
            (-1, 1) => Alignment.UpperRight,
            (-1, _) => Alignment.MiddleRight,
            (_, -1) => Alignment.LowerCenter,
            _ => Alignment.UpperCenter,
        };
        (text.OffsetX, text.OffsetY) = (place.OffsetX, place.OffsetY);
    }

    /// <summary>Shades the intervals of a line's points.</summary>
    public void Band(IReadOnlyList<FigurePoint> points, Color color)
    {
        if (points.Count < 2)
            return;
        FillY band = _plot.Add.FillY(
            [.. points.Select(point => _across.OnPlot(point.Across))],
            [.. points.Select(point => _values.OnPlot(point.Low))],
            [.. points.Select(point => _values.OnPlot(point.High))]);
        band.FillColor = color.WithAlpha(0.18);
        band.LineWidth = 0;
        band.MarkerSize = 0;
    }

    /// <summary>A dashed line at the value that would be right.</summary>
    public void Ideal(double value)
    {
        HorizontalLine line = _plot.Add.HorizontalLine(_values.OnPlot(value), 1.5f, _theme.Muted, LinePattern.Dashed);
        line.EnableAutoscale = false;
    }

    /// <summary>Shades every second phase of a run and names them; images seen are across.</summary>
    public void Shade(IReadOnlyList<PhaseSpan> phases, long lastImage)
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
            Text name = TextAt(phase.Name, phase.Start, _values.High);
            (name.LabelAlignment, name.OffsetX, name.OffsetY) = (Alignment.UpperLeft, 6, 5);
        }
    }

    public byte[] ToPng() => _plot.GetImageBytes(Width * Density, _height * Density, ImageFormat.Png);

    public void Dispose() => _plot.Dispose();

    private Coordinates At(PointF place) => new(
        _across.Low + (_across.High - _across.Low) * (place.X - Inside.Left) / Inside.Width,
        _values.Low + (_values.High - _values.Low) * (Inside.Bottom - place.Y) / Inside.Height);

    private Text TextAt(string words, double x, double y)
    {
        Text text = _plot.Add.Text(words, x, y);
        (text.LabelFontName, text.LabelFontSize, text.LabelFontColor) = (PictureFont.Family, TextSize, _theme.Muted);
        return text;
    }

    private void LabelAxes()
    {
        Style(_plot.Axes.Bottom, _across.Ticks);
        Style(_plot.Axes.Left, _values.Ticks);
        _plot.Axes.Right.FrameLineStyle.IsVisible = false;
        _plot.Axes.Top.FrameLineStyle.IsVisible = false;
        _plot.Axes.Left.FrameLineStyle.IsVisible = false;
        _plot.Layout.Fixed(new PixelPadding(LeftEdge, RightEdge, LowerEdge, UpperEdge));
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
