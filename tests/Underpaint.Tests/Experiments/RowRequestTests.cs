using Underpaint.Experiments;

namespace Underpaint.Tests.Experiments;

public sealed class RowRequestTests : IDisposable
{
    private readonly SmallExperiment _small = new();

    public void Dispose() => _small.Dispose();

    [Fact]
    public void Inverted_codes_are_asked_of_those_models_only_that_can_be_inverted()
    {
        _small.Experiment = _small.Experiment with { Evaluations = [_small.Experiment.Evaluations[0] with { Inverted = [true], Steps = [2] }] };
        Assert.All(_small.Work(), result => Assert.Equal((RunState.Complete, ""), (result.State, result.Reason)));
        // At 16 images, "two" has seen pure noise only.
        Assert.Equal([("two", 32), ("one", 16), ("one", 32)], _small.Watcher.Rows.Select(row => (row.Arm, (int)row.At)));
        Assert.All(_small.Watcher.Rows, row => Assert.Equal("inverted", row.Codes));
    }
}
