using Underpaint.Cli.Progress;

namespace Underpaint.Cli.Tests.Progress;

public sealed class TrainingMeterTests
{
    [Fact]
    public void Pauses_count_for_the_time_left_but_not_for_the_speed()
    {
        using var open = new OpenRun();
        var time = new ManualTime();
        TrainingMeter meter = TrainingMeter.Of(open.Run, time);
        Assert.Null(meter.TimeLeft);
        time.Pass(2);
        meter.Add(Steps.At(8));
        time.Pass(6);
        meter.Pause();
        time.Pass(2);
        meter.Add(Steps.At(16));
        Assert.Equal(4, meter.ImagesPerSecond, 1e-9);
        Assert.Equal(TimeSpan.FromSeconds(30), meter.TimeLeft);
    }

    [Fact]
    public void The_loss_is_smoothed_and_starts_anew_with_a_phase()
    {
        using var open = new OpenRun();
        TrainingMeter meter = TrainingMeter.Of(open.Run, new ManualTime());
        meter.Add(Steps.At(8, loss: 1));
        meter.Add(Steps.At(16, loss: 0));
        Assert.InRange(meter.Loss, 0.4, 0.5);
        meter.Add(Steps.At(40, loss: 7));
        Assert.Equal(7, meter.Loss, 1e-9);
    }
}
