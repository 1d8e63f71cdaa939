using Underpaint.Evaluation.Metrics;
using Underpaint.Tests.Golden;

namespace Underpaint.Tests.Evaluation.Metrics;

public class MeanAbsoluteErrorTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_figures_are_those_of_the_reference_programs(int pair)
    {
        double expected = Figures.Load("image_metrics.json").Number("pairs_64", pair, "mae");
        (float[] a, float[] b) = GoldenImages.Pair(pair);
        Assert.Equal(expected, MeanAbsoluteError.OfPlanes(a, b), expected * 1e-7);
    }

    [Fact]
    public void Black_against_white_is_1_and_an_image_against_itself_0()
    {
        Assert.Equal(1, MeanAbsoluteError.Of(SampleImages.Flat(8, 0), SampleImages.Flat(8, 255)));
        Assert.Equal(0, MeanAbsoluteError.Of(SampleImages.Noise(7, 5, 1, channels: 1), SampleImages.Noise(7, 5, 1, channels: 1)));
    }

    [Fact]
    public void Images_of_different_sizes_are_refused() =>
        Assert.Throws<UnderpaintException>(() => MeanAbsoluteError.Of(SampleImages.Noise(16, 1), SampleImages.Noise(17, 1)));
}
