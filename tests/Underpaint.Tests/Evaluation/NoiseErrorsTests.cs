using Underpaint.Diffusion;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Metrics;
using Underpaint.Machine;
using Underpaint.Networks;
using Underpaint.Tests.Data;

namespace Underpaint.Tests.Evaluation;

public class NoiseErrorsTests
{
    public NoiseErrorsTests() => TorchLibrary.Load();

    [Fact]
    public void Every_image_has_an_error_at_every_noise_level_and_at_pure_noise_it_is_that_of_the_structure_image()
    {
        using DiffusionAutoencoder model = ModelAt(imagesSeen: 96);
        IReadOnlyList<double[]> errors = NoiseErrors.Measure(model, Tiny.Images(), limit: 5, seed: 2);
        Assert.Equal(5, errors.Count);
        Assert.All(errors, image => Assert.Equal(NoiseErrors.Shares.Count, image.Length));
        ReconstructedBatch batch = Reconstructor.Run(model, Tiny.Images(), [Decoding.StructureImage], [], limit: 5, seed: 2).Single();
        Assert.Equal(MeanSquaredError.Of(batch.Originals[3], batch.Pictures[0][3]), errors[3][^1], 1e-4);
    }

    [Fact]
    public void An_image_that_cannot_be_read_leaves_those_after_it_their_noise()
    {
        using DiffusionAutoencoder model = ModelAt(imagesSeen: 96);
        IReadOnlyList<double[]> all = NoiseErrors.Measure(model, new MemorySource(4)), some = NoiseErrors.Measure(model, new MemorySource(4, unreadable: [1]));
        Assert.Equal(3, some.Count);
        foreach (var (one, other) in new[] { all[0], all[2], all[3] }.Zip(some))
            Assert.All(one.Zip(other), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void A_model_of_the_highest_noise_only_is_asked_about_no_other()
    {
        using DiffusionAutoencoder model = ModelAt(imagesSeen: 48);
        Assert.All(NoiseErrors.Measure(model, Tiny.Images(), limit: 2), image => Assert.Single(image));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public void Every_schedule_has_a_level_near_each_share_of_noise(double share)
    {
        Assert.Equal(share, NoiseSchedule.ShiftedCosine(4).Nearest(share, Prediction.Velocity)!.Value.Share, 1e-9);
        Assert.Equal(share, NoiseSchedule.Cosine.Nearest(share, Prediction.Noise)!.Value.Share, 1e-9);
        Assert.Equal(share, NoiseSchedule.LinearBeta.Nearest(share, Prediction.Noise)!.Value.Share, 0.005);
        Assert.Null(NoiseSchedule.HighestNoise.Nearest(share, Prediction.Velocity));
    }

    [Fact]
    public void Pure_noise_is_the_highest_level_that_a_network_knows()
    {
        Assert.Equal(1, NoiseSchedule.ShiftedCosine(4).Nearest(1, Prediction.Velocity)!.Value.Share);
        Assert.Equal(1, NoiseSchedule.HighestNoise.Nearest(1, Prediction.Velocity)!.Value.Share);
        Assert.Equal(999, NoiseSchedule.LinearBeta.Nearest(1, Prediction.Noise)!.Value.Time);
        Assert.InRange(NoiseSchedule.Cosine.Nearest(1, Prediction.Noise)!.Value.Share, 0.99, 0.9999);
    }

    private static DiffusionAutoencoder ModelAt(long imagesSeen)
    {
        var network = new AutoencoderNetwork(Tiny.Model, 16, 3);
        network.Weights.Initialize(seed: 1);
        return new(network, Tiny.Recipe, imagesSeen);
    }
}
