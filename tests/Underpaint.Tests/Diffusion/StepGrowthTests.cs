using Underpaint.Diffusion;

namespace Underpaint.Tests.Diffusion;

public sealed class StepGrowthTests
{
    [Fact]
    public void A_step_is_compared_with_the_last_on_the_axis_of_the_log_SNR() => Assert.Equal(1.5, StepGrowth.Of(At(0), At(2), At(5)), 1e-9);

    [Fact]
    public void No_step_counts_as_more_than_twice_as_long() => Assert.Equal(2, StepGrowth.Of(At(0), At(1), At(9)));

    [Fact]
    public void A_step_from_pure_noise_or_to_the_clean_image_has_no_length_to_compare()
    {
        Assert.Equal(0, StepGrowth.Of(NoiseLevel.Highest, At(0), At(1)));
        Assert.Equal(0, StepGrowth.Of(At(0), At(1), NoiseLevel.Clean));
    }

    private static NoiseLevel At(double logSnr) => new(Math.Sqrt(1 / (1 + Math.Exp(-logSnr))), Math.Sqrt(1 / (1 + Math.Exp(logSnr))), 0);
}
