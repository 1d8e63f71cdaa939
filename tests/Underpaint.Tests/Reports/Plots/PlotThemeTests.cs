using Underpaint.Reports.Plots;

namespace Underpaint.Tests.Reports.Plots;

public class PlotThemeTests
{
    [Fact]
    public void The_lines_of_28_runs_differ_in_colour_or_in_their_gaps()
    {
        var looks = Enumerable.Range(0, 28).Select(i => (PlotTheme.OfRun(i).ToStringRGB(), string.Join(' ', PlotTheme.PatternOfRun(i).Intervals)));
        Assert.Equal(28, looks.Distinct().Count());
        Assert.Empty(PlotTheme.PatternOfRun(6).Intervals);
    }
}
