using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Tests.Evaluation.Metrics;

public class MetricTests
{
    private static readonly Metric Metric = new() { Key = "x", Name = "X", Definition = "X: x", Better = Better.Higher };

    [Theory]
    [InlineData(Better.Higher, 2, 1)]
    [InlineData(Better.Lower, 1, 2)]
    [InlineData(Better.NearerToOne, 1.5, 0.5)]
    [InlineData(Better.NearerToOne, 0.8, 1.5)]
    [InlineData(Better.NearerToOne, 1, 0)]
    public void Of_two_figures_the_better_one_has_the_greater_merit(Better better, double good, double bad)
    {
        Metric metric = Metric with { Better = better };
        Assert.True(metric.MeritOf(good) > metric.MeritOf(bad));
    }

    [Fact]
    public void Half_and_twice_as_much_are_equally_far_from_one()
    {
        Metric metric = Metric with { Better = Better.NearerToOne };
        Assert.Equal(metric.MeritOf(0.5), metric.MeritOf(2), 1e-12);
    }

    [Fact]
    public void Figures_are_written_alike_in_every_language() => Assert.Equal("−0.123", Metric.Format(-0.12345));

    [Fact]
    public void A_figure_shows_its_interval() => Assert.Equal("21.34 [21.12, 21.57]",
        new Figure(Metric with { Digits = 2 }, 21.341, new(21.341, 21.118, 21.571)).ToString());

    [Theory]
    [InlineData(16, "1 scale)")]
    [InlineData(32, "2 scales")]
    [InlineData(64, "3 scales")]
    public void Of_small_images_ms_ssim_says_how_many_scales_it_has(int side, string scales) =>
        Assert.Contains(scales, Assert.Single(MultiScale(side)).Name, StringComparison.Ordinal);

    [Fact]
    public void Of_large_images_ms_ssim_is_the_usual_one() => Assert.Equal("msSsim", Assert.Single(MultiScale(176)).Key);

    private static IReadOnlyList<Metric> MultiScale(int side) => ImageMeasures.All.Single(measure => measure.Name == "MS-SSIM").MetricsFor(side, side);
}
