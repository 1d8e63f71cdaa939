using Underpaint.Storage;
using Underpaint.Tests.Runs;
using Underpaint.Training;

namespace Underpaint.Tests.Training;

public sealed class TrainerStateTests : IDisposable
{
    private readonly SmallRun _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData(8)]
    [InlineData(24)]
    public void An_encoder_that_is_frozen_at_first_is_counted_for_itself_across_a_resume(long stopsAt)
    {
        Phase structure = SmallRun.Recipe.Phases[0] with { FreezeEncoder = true };
        Recipe recipe = SmallRun.Recipe with { Phases = [structure, SmallRun.Recipe.Phases[1]] };
        RunFolder whole = _runs.Start("whole", recipe: recipe), run = _runs.Start("a", recipe: recipe);
        Assert.True(SmallRun.Train(whole));
        Stop(run, stopsAt);
        string position = File.ReadAllText(Path.Combine(run.CheckpointsFolder, $"{stopsAt:D9}", "position.json"));
        Assert.Contains($"\"Updates\":{stopsAt / 4}", position, StringComparison.Ordinal);
        Assert.Equal(stopsAt > 16, position.Contains($":{(stopsAt - 16) / 4}}}", StringComparison.Ordinal));
        Assert.True(SmallRun.Train(run));
        Assert.Equal(SmallRun.Hash(whole), SmallRun.Hash(run));
    }

    [Fact]
    public void A_checkpoint_that_counts_all_weights_as_one_goes_on_as_before()
    {
        RunFolder whole = _runs.Start("whole"), run = _runs.Start("a");
        Assert.True(SmallRun.Train(whole));
        Stop(run, 8);
        var store = new CheckpointStore(run.CheckpointsFolder, keep: 2);
        Checkpoint saved = store.FindNewest().Newest!;
        byte[] Content(string name) => name == "position.json" ? """{"ImagesSeen":8,"Updates":2}"""u8.ToArray() : File.ReadAllBytes(saved.PathOf(name));
        (string Name, byte[] Bytes)[] files = [.. saved.Names.Select(name => (name, Content(name)))];
        Assert.Null(store.Save(8, [.. files.Select(file => new CheckpointPart(file.Name, stream => stream.Write(file.Bytes)))]));
        Assert.True(SmallRun.Train(run));
        Assert.Equal(SmallRun.Hash(whole), SmallRun.Hash(run));
    }

    private static void Stop(RunFolder run, long at)
    {
        using var stop = new CancellationTokenSource();
        Assert.False(SmallRun.Train(run, new Listener(step =>
        {
            if (step.ImagesSeen == at)
                stop.Cancel();
        }), stop: stop.Token));
    }
}
