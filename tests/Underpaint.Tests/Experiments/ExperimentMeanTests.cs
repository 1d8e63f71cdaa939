using Underpaint.Evaluation.Metrics;
using Underpaint.Experiments;

namespace Underpaint.Tests.Experiments;

public sealed class ExperimentMeanTests
{
    private static readonly ExperimentMachine Machine = new()
    {
        Underpaint = "1",
        Torch = "2",
        System = "Linux",
        Processor = null,
        Device = "cpu",
        Precision = "float32",
        Threads = 1,
    };

    [Fact]
    public void Two_evaluations_that_find_equally_many_images_are_not_two_seeds()
    {
        IReadOnlyList<ExperimentMean> means = ExperimentMean.Of([Row(seed: 0, limit: 500, images: 300), Row(seed: 0, limit: 1000, images: 300)]);
        Assert.Equal(["test, 300 of at most 500 images", "test, 300 of at most 1000 images"], means.Select(mean => ExperimentMean.JudgedOf([mean])));
        Assert.All(means, mean => Assert.Null(mean.Figures["psnr"].Deviation));
    }

    [Fact]
    public void A_seed_with_an_image_that_cannot_be_read_is_a_seed_like_the_others()
    {
        ExperimentMean mean = Assert.Single(ExperimentMean.Of([Row(seed: 0, limit: 500, images: 500), Row(seed: 1, limit: 500, images: 499)]));
        Assert.Equal([0, 1], mean.Rows.Select(row => row.Seed));
        Assert.Equal("test, 499–500 of at most 500 images", ExperimentMean.JudgedOf([mean]));
    }

    [Fact]
    public void Seeds_that_were_measured_in_other_versions_have_a_mean_of_each_version()
    {
        ExperimentMean mean = Assert.Single(ExperimentMean.Of([Row(seed: 0), Row(seed: 1) with { Metrics = new() { ["psnr"] = new(30, 29, 31, 2) } }]));
        Metric psnr = new() { Key = "psnr", Name = "PSNR", Definition = "", Better = Better.Higher };
        Assert.Equal([0, 1], mean.Seeds);
        Assert.Empty(mean.Figures);
        Assert.Equal([20, 30, null], [mean.Find(psnr)?.Mean, mean.Find(psnr with { Version = 2 })?.Mean, mean.Find(psnr with { Version = 3 })?.Mean]);
    }

    [Fact]
    public void Judgements_with_other_noise_stand_apart()
    {
        IReadOnlyList<ExperimentMean> means = ExperimentMean.Of([Row(), Row() with { NoiseSeed = 7 }]);
        Assert.Equal(["test, 500 images", "test, 500 images, noise seed 7"], means.Select(mean => ExperimentMean.JudgedOf([mean])));
        Assert.Equal(2, means.Select(mean => mean.Judging).Distinct().Count());
    }

    [Fact]
    public void Solver_and_grid_are_always_named() => Assert.Equal(["5 steps, dpm++, log-snr", "1 step, ddim, uniform, inverted"],
        ExperimentMean.Of([Row(), Row() with { Steps = 1, Solver = "ddim", Grid = "uniform", Codes = "inverted" }]).Select(mean => mean.Decoding));

    private static ExperimentRow Row(long seed = 0, int limit = 500, int images = 500) => new()
    {
        Arm = "two",
        Seed = seed,
        Recipe = "",
        At = 32,
        ImagesSeen = 32,
        On = "test",
        Data = "test.zip",
        DataFingerprint = "",
        Limit = limit,
        Images = images,
        Steps = 5,
        Solver = "dpm++",
        Grid = "log-snr",
        Codes = "random",
        NoiseSeed = 0,
        Metrics = new() { ["psnr"] = new(20, 19, 21, 1) },
        Parameters = 1,
        ModelBytes = 1,
        TrainingImagesPerSecond = 1,
        TrainedOn = Machine,
        JudgedOn = Machine,
    };
}
