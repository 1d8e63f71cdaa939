using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Tests.Reports.TensorBoard;
using Underpaint.Tests.Storage;
using Underpaint.Training;

namespace Underpaint.Tests.Runs;

public sealed class TensorBoardLogTests : IDisposable
{
    private readonly SmallRun _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void A_run_tells_the_figures_of_its_metrics_by_phase_and_its_pictures()
    {
        RunFolder run = _runs.Start("run");
        Assert.True(SmallRun.Train(run));
        IReadOnlyList<EventFileParser.Event> events = EventFileParser.ReadFolder(run.TensorBoardFolder);
        RunMetrics metrics = RunMetrics.Read(run);
        Assert.Equal("brain.Event:2", events[0].Version);
        Assert.Equal(metrics.Ticks.Select(tick => (tick.ImagesSeen, (float)tick.Loss)), Scalars(events, "structure/loss").Concat(Scalars(events, "detail/loss")));
        Assert.Equal(metrics.Validations.Select(look => (look.ImagesSeen, (float)look.Psnr)), Scalars(events, "structure/PSNR").Concat(Scalars(events, "detail/PSNR")));
        (long Step, byte[] Picture)[] pictures = [.. events.SelectMany(read => read.Values.Where(value => value.Picture is not null).Select(value => (read.Step, value.Picture!)))];
        Assert.Equal([16, 32], pictures.Select(picture => picture.Step));
        Assert.All(pictures, picture => Assert.Equal(File.ReadAllBytes(Path.Combine(run.ImagesFolder, $"{picture.Step:D9}.png")), picture.Picture));
    }

    [Fact]
    public void After_a_resume_no_step_is_told_twice()
    {
        RunFolder whole = _runs.Start("whole"), broken = _runs.Start("broken");
        Assert.True(SmallRun.Train(whole));
        Assert.Throws<InvalidOperationException>(() => SmallRun.Train(broken, new Listener(step =>
        {
            if (step.ImagesSeen == 24)
                throw new InvalidOperationException("killed");
        })));
        // Died in the middle of an event.
        string first = Assert.Single(Directory.EnumerateFiles(broken.TensorBoardFolder));
        File.WriteAllBytes(first, File.ReadAllBytes(first)[..^5]);
        Assert.True(SmallRun.Train(broken));
        Assert.Equal(2, Directory.EnumerateFiles(broken.TensorBoardFolder).Count());
        foreach (string tag in new[] { "structure/loss", "detail/loss", "detail/PSNR" })
            Assert.Equal(Scalars(EventFileParser.ReadFolder(whole.TensorBoardFolder), tag), Scalars(EventFileParser.ReadFolder(broken.TensorBoardFolder), tag));
    }

    [Fact]
    public void A_process_that_trains_nothing_leaves_no_file()
    {
        RunFolder run = _runs.Start("run");
        Assert.False(SmallRun.Train(run, stop: new(canceled: true)));
        Assert.False(Directory.Exists(run.TensorBoardFolder));
    }

    [Fact]
    public void After_an_event_that_failed_half_way_the_next_begins_another_file_and_nothing_told_is_taken_back()
    {
        RunFolder run = _runs.Start("run");
        int writes = 0;
        using var files = new InjectedFiles(Fault.Full, point => point == SavePoint.OtherWrite && ++writes == 3);
        var log = new TensorBoardLog(run, startedAt: 0, TimeProvider.System, files);
        log.Add(Tick(4));
        Assert.Throws<UnderpaintException>(() => log.Add(Tick(8)));
        log.Add(Tick(12));
        Assert.Equal(2, Directory.EnumerateFiles(run.TensorBoardFolder).Count());
        Assert.Equal([4, 12], Scalars(EventFileParser.ReadFolder(run.TensorBoardFolder), "structure/loss").Select(scalar => scalar.Step));
    }

    private static TickRecord Tick(long imagesSeen) => new()
    {
        ImagesSeen = imagesSeen,
        Phase = "structure",
        Loss = 1,
        GradientNorm = 1,
        LearningRate = 1,
        ImagesPerSecond = 1,
        LossByNoise = [],
    };

    private static IEnumerable<(long Step, float Value)> Scalars(IEnumerable<EventFileParser.Event> events, string tag) => events.SelectMany(read =>
        read.Values.Where(value => value.Tag == tag && value.Scalar is not null).Select(value => (read.Step, value.Scalar!.Value)));
}
