using SkiaSharp;
using Underpaint.Reports.Plots;

namespace Underpaint.Tests.Reports.Plots;

public class PointPlotTests
{
    private static readonly PointPlot Two = new() { Points = [new("a", 0.48, 17, []), new("b", 0.52, 12, [])] };

    [Fact]
    public void A_point_has_its_name_beside_it()
    {
        using SKBitmap plot = Pixels.Decode(Two.ToPng(PlotTheme.Light));
        using SKBitmap longer = Pixels.Decode((Two with { Points = [Two.Points[0] with { Name = "a long name" }, Two.Points[1]] }).ToPng(PlotTheme.Light));
        Assert.True(Count(plot, Color(0)) > 100, "the first point");
        Assert.True(Count(plot, Color(1)) > 100, "the second point");
        int middle = plot.Width / 2, half = plot.Height / 2;
        Assert.True(Pixels.Marked(longer, 100, 0, middle - 100, half) > Pixels.Marked(plot, 100, 0, middle - 100, half) + 100);
    }

    [Fact]
    public void What_a_point_is_the_mean_of_is_shown_and_makes_room_for_itself()
    {
        PointPlot seeds = Two with { Points = [Two.Points[0] with { Parts = [(0.46, 16), (0.50, 18)] }, Two.Points[1]] };
        using SKBitmap without = Pixels.Decode(Two.ToPng(PlotTheme.Light));
        using SKBitmap with = Pixels.Decode(seeds.ToPng(PlotTheme.Light));
        Assert.True(Leftmost(with) > Leftmost(without), "the mean is no longer at the edge");

        static int Leftmost(SKBitmap plot) => Enumerable.Range(0, plot.Width).First(x => Enumerable.Range(0, plot.Height).Any(y => plot.GetPixel(x, y) == Color(0)));
    }

    [Fact]
    public void Many_points_have_a_taller_sheet()
    {
        PointPlot many = Two with { Points = [.. Enumerable.Range(0, 20).Select(i => new NamedPoint($"arm-{i}", 0.4 + i * 0.003, 14 + i % 5, []))] };
        Assert.True(((IPlot)many).Height > ((IPlot)Two).Height);
        using SKBitmap plot = Pixels.Decode(many.ToPng(PlotTheme.Light));
        Assert.Equal((2 * PlotSheet.Width, 2 * many.Height), (plot.Width, plot.Height));
    }

    [Fact]
    public void Points_that_cannot_be_drawn_are_left_out()
    {
        Assert.False((Two with { Points = [new("a", double.NaN, 1, [])] }).HasPoints);
        Assert.False((Two with { Points = [new("a", 0.5, 1, [(0.5, double.PositiveInfinity)])] }).HasPoints);
        Assert.NotEmpty((Two with { Points = [new("a", 0.5, 1, []), new("b", double.NaN, 1, [])] }).ToPng(PlotTheme.Dark));
    }

    private static SKColor Color(int place) => SKColor.Parse(PlotTheme.OfRun(place).ToStringRGB());

    private static int Count(SKBitmap plot, SKColor color) =>
        Enumerable.Range(0, plot.Width).Sum(x => Enumerable.Range(0, plot.Height).Count(y => plot.GetPixel(x, y) == color));
}
