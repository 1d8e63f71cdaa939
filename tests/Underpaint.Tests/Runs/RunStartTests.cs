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

    private RunFolder Trained(string precision, int threads)
    {
        RunFolder run = _runs.Start("a");
        Assert.True(SmallRun.Train(run));
        JsonNode environment = JsonNode.Parse(File.ReadAllText(run.EnvironmentFile))!;
        (environment["precision"], environment["threads"]) = (precision, threads);
        File.WriteAllText(run.EnvironmentFile, environment.ToJsonString());
        return run;
    }
}
