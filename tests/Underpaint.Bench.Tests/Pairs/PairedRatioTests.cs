using Underpaint.Bench.Pairs;
using Underpaint.Runs;

namespace Underpaint.Bench.Tests.Pairs;

public sealed class PairedRatioTests
{
    [Fact]
    public void Ratios_are_taken_within_pairs_and_then_the_median_of_them()
    {
        SpeedPair[] pairs = [Pair(2, 1), Pair(30, 10), Pair(10, 10)];
        Assert.Equal(new PairedRatio(Ours: 10, Plain: 10, Ratio: 2, Lowest: 1, Highest: 3),
            PairedRatio.Of(pairs, result => result.TrainImagesPerSecond));
    }

    [Fact]
    public void What_was_not_measured_has_no_ratio()
    {
        Comparison comparison = Comparison.Of([Pair(2, 1), Pair(4, 1)]);
        Assert.Null(comparison.Encode);
        Assert.Null(comparison.Decode);
        Assert.Equal(3, comparison.Train!.Ratio);
        Assert.Equal(0.5, comparison.Memory!.Ratio);
        Assert.Equal("bfloat16", comparison.Precision);
    }

    private static SpeedPair Pair(double ours, double plain) => new(Result("bfloat16", ours, 100), Result("float32", plain, 200));

    private static SpeedResult Result(string precision, double training, double memory) => new()
    {
        TrainImagesPerSecond = training,
        PeakResidentMiB = memory,
        Precision = precision,
        Threads = 1,
        Device = "cpu",
        Preset = "demo",
        ImageSize = 16,
        Parameters = 1,
        TrainBatch = 1,
        InferenceBatch = 1,
        Steps = 1,
        Torch = "0",
    };
}
