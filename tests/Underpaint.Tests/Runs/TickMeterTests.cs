using Underpaint.Runs;
using Underpaint.Training;

namespace Underpaint.Tests.Runs;

public sealed class TickMeterTests : IDisposable
{
    private readonly SmallRun _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Time_spent_on_something_else_is_left_out_and_the_steps_before_it_are_not()
    {
        var time = new ManualTime();
        var meter = new TickMeter(time);
        Step(loss: 1);
        time.Pass(100);
        meter.SkipTime();
        Step(loss: 3);
        TickRecord tick = meter.Take();
        Assert.Equal((2, 2.0, 1.0), (tick.ImagesSeen, tick.Loss, tick.ImagesPerSecond));
        Assert.True(meter.IsEmpty);

        void Step(double loss)
        {
            time.Pass(1);
            meter.Add(new("structure", loss == 1 ? 1 : 2, loss, 1, 1e-3, [1], [1]));
        }
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(20)]
    public void Each_tick_of_a_run_is_the_mean_of_all_steps_since_the_one_before(long stopsAt)
    {
        // A look after every step; a tick at each checkpoint, and where the run is stopped.
        Recipe recipe = SmallRun.Recipe with { Validation = SmallRun.Recipe.Validation with { Every = 4 } };
        var run = _runs.Start("a", recipe: recipe);
        using var stop = new CancellationTokenSource();
        var steps = new List<StepReport>();
        var listener = new Listener(step =>
        {
            steps.Add(step);
            if (step.ImagesSeen == stopsAt)
                stop.Cancel();
        });
        _ = SmallRun.Train(run, listener, stop: stop.Token);
        long before = 0;
        foreach (TickRecord tick in RunMetrics.Read(run).Ticks)
        {
            Assert.Equal(steps.Where(step => step.ImagesSeen > before && step.ImagesSeen <= tick.ImagesSeen).Average(step => step.Loss), tick.Loss, 1e-12);
            before = tick.ImagesSeen;
        }
        Assert.Equal(Math.Min(32, stopsAt), before);
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now;

        public void Pass(int seconds) => _now += seconds;
    }
}
