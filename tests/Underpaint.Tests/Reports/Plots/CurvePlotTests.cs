using ScottPlot;
using SkiaSharp;
using Underpaint.Reports.Plots;
using Underpaint.Training;

namespace Underpaint.Tests.Reports.Plots;

public class CurvePlotTests
{
    private static readonly CurvePlot Falling = new()
    {
        Series = [new("loss", Colors.Red, [new(0, 1), new(48, 0.5), new(60, 0.4), new(96, 0.1)])],
        Phases = new PhasePlan(Tiny.Recipe).Spans,
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_plot_has_its_curve_the_names_of_its_phases_and_labels(bool dark)
    {
        using SKBitmap plot = Pixels.Decode(Falling.ToPng(dark ? PlotTheme.Dark : PlotTheme.Light));
        Assert.Equal((2 * PlotSheet.Width, 2 * PlotSheet.UsualHeight), (plot.Width, plot.Height));
        Assert.True(Reds(plot, 0, plot.Width) > 1000);
        Assert.True(Pixels.Marked(plot, 0, 0, 90, plot.Height) > 100, "labels of values");
        Assert.True(Pixels.Marked(plot, 0, plot.Height - 50, plot.Width, 50) > 100, "labels of images seen");
        Assert.True(Pixels.Marked(plot, plot.Width / 2 + 60, 10, 200, 40) > 100, "the second phase's name");
    }

    [Fact]
    public void Lines_stop_at_the_border_of_a_phase_when_asked_to()
    {
        // Images 48 to 60 lie between these columns, and the marks of the points outside of them.
        int left = PlotX(52), right = PlotX(58);
        using SKBitmap whole = Pixels.Decode(Falling.ToPng(PlotTheme.Light));
        using SKBitmap broken = Pixels.Decode((Falling with { BreakAtPhases = true }).ToPng(PlotTheme.Light));
        Assert.True(Reds(whole, left, right) > 0);
        Assert.Equal(0, Reds(broken, left, right));
    }

    [Fact]
    public void A_line_has_the_gaps_of_its_pattern()
    {
        CurvePlot dashed = Falling with { Series = [Falling.Series[0] with { Pattern = new([8, 4], 0, "dashed") }] };
        using SKBitmap whole = Pixels.Decode(Falling.ToPng(PlotTheme.Light));
        using SKBitmap broken = Pixels.Decode(dashed.ToPng(PlotTheme.Light));
        int all = Reds(whole, 0, whole.Width);
        Assert.InRange(Reds(broken, 0, broken.Width), all / 3, all * 9 / 10);
    }

    [Fact]
    public void Values_that_cannot_be_drawn_are_left_out()
    {
        CurvePoint[] points = [new(0, double.PositiveInfinity), new(10, double.NaN), new(20, -1), new(30, 0)];
        CurvePlot plot = Falling with { Series = [new("loss", Colors.Red, points)], LogScale = true };
        Assert.False(plot.HasPoints);
        plot = plot with { Series = [new("loss", Colors.Red, [.. points, new(50, 0.5)])] };
        using SKBitmap picture = Pixels.Decode(plot.ToPng(PlotTheme.Light));
        Assert.True(Reds(picture, PlotX(45), PlotX(55)) > 20);
        Assert.Equal(0, Reds(picture, 0, PlotX(45)));
    }

    [Fact]
    public void A_run_that_has_hardly_begun_can_be_drawn()
    {
        CurvePlot plot = new() { Series = [new("loss", Colors.Red, [new(0, 0)])], Phases = [] };
        using SKBitmap picture = Pixels.Decode(plot.ToPng(PlotTheme.Light));
        Assert.True(Reds(picture, 0, picture.Width) > 0);
    }

    private static int PlotX(double images) => (int)(2 * (48 + (PlotSheet.Width - 48 - 14) * images / 101));

    private static int Reds(SKBitmap plot, int left, int right) =>
        Enumerable.Range(left, right - left).Sum(x => Enumerable.Range(0, plot.Height).Count(y => plot.GetPixel(x, y) == SKColors.Red));
}
