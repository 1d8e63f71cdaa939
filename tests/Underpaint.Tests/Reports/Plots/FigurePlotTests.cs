using ScottPlot;
using SkiaSharp;
using Underpaint.Reports.Plots;

namespace Underpaint.Tests.Reports.Plots;

public class FigurePlotTests
{
    private static readonly FigurePlot Rising = new()
    {
        Across = ValueAxis.Counts([1, 5, 20, 100]),
        Series = [new("a", Colors.Red, LinePattern.Solid, [new(1, 10, 9, 11), new(5, 12, 11, 13), new(20, 13, 12, 14), new(100, 13.5, 13, 14)])],
    };

    [Fact]
    public void A_plot_has_its_line_its_band_and_its_labels()
    {
        using SKBitmap plot = Pixels.Decode(Rising.ToPng(PlotTheme.Light));
        Assert.True(Count(plot, color => color == SKColors.Red) > 1000, "line");
        Assert.True(Count(plot, color => color is { Red: > 240, Green: > 180 and < 220, Blue: > 170 and < 220 }) > 5000, "band");
        Assert.True(Pixels.Marked(plot, 0, plot.Height - 50, plot.Width, 50) > 50, "labels of counts");
    }

    [Fact]
    public void The_ideal_is_in_the_picture_even_where_no_figure_comes_near()
    {
        using SKBitmap without = Pixels.Decode((Rising with { LogScale = true }).ToPng(PlotTheme.Light));
        using SKBitmap with = Pixels.Decode((Rising with { LogScale = true, Ideal = 1 }).ToPng(PlotTheme.Light));
        Assert.True(Lowest(with) < Lowest(without), "the line moves up to make room");

        static int Lowest(SKBitmap plot) => Enumerable.Range(0, plot.Height).Last(y => Enumerable.Range(0, plot.Width).Any(x => plot.GetPixel(x, y) == SKColors.Red));
    }

    [Fact]
    public void Figures_that_cannot_be_drawn_are_left_out()
    {
        Assert.False((Rising with { Series = [new("a", Colors.Red, LinePattern.Solid, [new(1, double.NaN, 0, 0)])] }).HasPoints);
        Assert.False((Rising with { LogScale = true, Series = [new("a", Colors.Red, LinePattern.Solid, [new(1, 0, 0, 0)])] }).HasPoints);
    }

    private static int Count(SKBitmap plot, Func<SKColor, bool> isMeant) =>
        Enumerable.Range(0, plot.Width).Sum(x => Enumerable.Range(0, plot.Height).Count(y => isMeant(plot.GetPixel(x, y))));
}
