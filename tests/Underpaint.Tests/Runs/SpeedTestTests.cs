using Underpaint.Runs;

namespace Underpaint.Tests.Runs;

public sealed class SpeedTestTests
{
    [Fact]
    public void Every_task_is_warmed_up_and_then_repeated_five_times_at_least()
    {
        var counted = new Counted();
        int measured = 0;
        SpeedResult result = SpeedTest.Run(counted, new SpeedOptions { Seconds = 0, TrainBatch = 3, Steps = 7 }, Tiny.Device, () => measured++);
        Assert.Equal((10, 10, 10), (counted.Trained, counted.Encoded, counted.Decoded));
        Assert.Equal(3, measured);
        Assert.All([result.TrainImagesPerSecond, result.EncodeImagesPerSecond, result.DecodeImagesPerSecond], speed => Assert.True(speed > 0));
        Assert.True(result.PeakResidentMiB > 1);
        Assert.Equal((42, 3, 16, 7, "cpu", "float32"),
            (result.Parameters, result.TrainBatch, result.InferenceBatch, result.Steps, result.Device, result.Precision));
    }

    [Fact]
    public void What_is_not_asked_for_is_not_measured()
    {
        var counted = new Counted();
        SpeedResult result = SpeedTest.Run(counted, new SpeedOptions { Seconds = 0, Tasks = SpeedTasks.Encode }, Tiny.Device);
        Assert.Equal((0, 10, 0), (counted.Trained, counted.Encoded, counted.Decoded));
        Assert.Null(result.TrainImagesPerSecond);
        Assert.NotNull(result.EncodeImagesPerSecond);
        Assert.Null(result.DecodeImagesPerSecond);
    }

    [Theory]
    [InlineData(new[] { 3.0 }, 3)]
    [InlineData(new[] { 5.0, 1, 100 }, 5)]
    [InlineData(new[] { 4.0, 1, 100, 2 }, 3)]
    public void The_median_is_the_middle_or_the_mean_of_both_middles(double[] values, double median) =>
        Assert.Equal(median, SpeedTest.Median(values));

    private sealed class Counted : ISpeedSubject
    {
        public int Trained { get; private set; }

        public int Encoded { get; private set; }

        public int Decoded { get; private set; }

        public long Parameters => 42;

        public void TrainStep() => Trained++;

        public void Encode() => Encoded++;

        public void Decode() => Decoded++;

        public void Dispose()
        {
        }
    }
}
