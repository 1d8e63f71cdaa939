using System.Text.Json.Nodes;
using Underpaint.Machine;
using Underpaint.Runs;
using Underpaint.Storage;
using static TorchSharp.torch;

namespace Underpaint.Tests.Runs;

public sealed class RunStartTests : IDisposable
{
    private readonly SmallRun _runs = new();
    private readonly int _threads = get_num_threads();

    public void Dispose()
    {
        set_num_threads(_threads);
        _runs.Dispose();
    }

    [Theory]
    [InlineData("float32")]
    [InlineData("bfloat16")]
    public void A_run_goes_on_in_the_types_and_with_the_threads_that_it_had(string precision)
    {
        ComputeDevice device = RunStart.ReopenDevice(Trained(precision, threads: 1), "cpu");
        Assert.Equal((precision, 1), (device.PrecisionName, device.Threads));
    }

    [Fact]
    public void What_is_asked_for_comes_first()
    {
        ComputeDevice device = RunStart.ReopenDevice(Trained("float32", threads: 1), "cpu", "bfloat16", threads: 2);
        Assert.Equal(("bfloat16", 2), (device.PrecisionName, device.Threads));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public void Threads_that_this_machine_has_no_cores_for_are_not_asked_for(int threads)
    {
        Assert.Equal(TorchLibrary.DefaultThreads, RunStart.ReopenDevice(Trained("float32", threads), "cpu").Threads);
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("cuda")]
    public void A_run_goes_on_on_the_device_that_it_had_where_that_works_here(string device)
    {
        string expected = device == "cuda" && cuda_is_available() ? "cuda" : "cpu";
        Assert.Equal(expected, RunStart.ReopenDevice(Trained("float32", threads: 1, device)).Name);
    }

    [Fact]
    public void A_finished_run_stays_finished_without_its_checkpoints_and_the_same_request_begins_another()
    {
        RunFolder run = Request();
        Assert.True(SmallRun.Train(run));
        RemoveCheckpoints(run);
        Assert.True(RunStart.IsFinished(run, SmallRun.Recipe));
        RunSummary summary = RunSummary.Of(run);
        Assert.Equal((true, 32), (summary.IsFinished, summary.ImagesSeen));
        Assert.NotEqual(run.Path, Request().Path);
    }

    [Fact]
    public void An_unfinished_run_without_its_checkpoints_is_found_and_then_refused()
    {
        RunFolder run = Request();
        using var stop = new CancellationTokenSource();
        Assert.False(SmallRun.Train(run, new Listener(step => { if (step.ImagesSeen == 24) stop.Cancel(); }), stop: stop.Token));
        RemoveCheckpoints(run);
        Assert.Equal(run.Path, Request().Path);
        Assert.Contains("no checkpoint that can be used", Assert.Throws<UnderpaintException>(() => SmallRun.Train(run)).What);
    }

    [Fact]
    public void A_folder_of_images_is_the_same_with_and_without_a_separator_at_its_end()
    {
        string data = _runs.File("photos");
        SmallRun.WriteImages(data, 12, seed: 1);
        RunFolder run = RunStart.FindOrCreate(SmallRun.Recipe, data + "/", null, root: _runs.File("runs"));
        using var stop = new CancellationTokenSource();
        Assert.False(SmallRun.Train(run, new Listener(step => { if (step.ImagesSeen == 8) stop.Cancel(); }), data: data + "/", stop: stop.Token));
        Assert.Equal(run.Path, RunStart.FindOrCreate(SmallRun.Recipe, data, null, root: _runs.File("runs")).Path);
        // As earlier versions recorded it.
        File.WriteAllText(run.EnvironmentFile, File.ReadAllText(run.EnvironmentFile).Replace("photos\"", "photos/\"", StringComparison.Ordinal));
        Assert.Equal(run.Path, RunStart.FindOrCreate(SmallRun.Recipe, data, null, root: _runs.File("runs")).Path);
    }

    private RunFolder Request() => RunStart.FindOrCreate(SmallRun.Recipe, SmallRun.Data, null, root: _runs.File("runs"));

    private static void RemoveCheckpoints(RunFolder run) =>
        Array.ForEach(Directory.GetDirectories(run.CheckpointsFolder), path => Directory.Delete(path, recursive: true));

    private RunFolder Trained(string precision, int threads, string device = "cpu")
    {
        RunFolder run = _runs.Start("a");
        Assert.True(SmallRun.Train(run));
        JsonNode environment = JsonNode.Parse(File.ReadAllText(run.EnvironmentFile))!;
        (environment["precision"], environment["threads"], environment["device"]) = (precision, threads, device);
        File.WriteAllText(run.EnvironmentFile, environment.ToJsonString());
        return run;
    }
}
