using FsCheck;
using FsCheck.Fluent;
using Underpaint.Diffusion;
using Underpaint.Training;

namespace Underpaint.Tests.Training;

public class LossWeightingTests
{
    [Fact]
    public void Uniform_leaves_the_error_as_it_is() => Assert.Equal(1, LossWeighting.Uniform.At(Prediction.Noise, 0.6, 0.8));

    [Fact]
    public void The_other_weightings_mean_the_same_for_every_prediction()
    {
        // The same wrong image, said as noise, velocity or image, has these squared errors:
        static double ErrorOf(Prediction prediction, double alpha, double sigma) => prediction switch
        {
            Prediction.Noise => alpha * alpha / (sigma * sigma),
            Prediction.Velocity => 1 / (sigma * sigma),
            _ => 1,
        };
        var weightings = Gen.Elements(LossWeighting.Image, LossWeighting.Noise, LossWeighting.MinSnr(5)).ToArbitrary();
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(1, 999).Select(i => i / 1000.0).ToArbitrary(), weightings, (t, weighting) =>
        {
            NoiseLevel level = NoiseSchedule.ShiftedCosine(4).At(t);
            double[] losses = [.. Enum.GetValues<Prediction>().Select(prediction =>
                weighting.At(prediction, level.Alpha, level.Sigma) * ErrorOf(prediction, level.Alpha, level.Sigma))];
            return losses.All(loss => Math.Abs(loss / losses[0] - 1) < 1e-9);
        }));
    }

    [Fact]
    public void Min_SNR_caps_the_weight_of_nearly_clean_images() =>
        Assert.Equal(5, LossWeighting.MinSnr(5).At(Prediction.Image, 0.999, Math.Sqrt(1 - 0.999 * 0.999)), 1e-12);
}
