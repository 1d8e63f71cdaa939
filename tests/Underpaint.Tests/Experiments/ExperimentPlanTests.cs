using Underpaint.Experiments;

namespace Underpaint.Tests.Experiments;

public sealed class ExperimentPlanTests : IDisposable
{
    private readonly SmallExperiment _small = new();

    public void Dispose() => _small.Dispose();

    [Fact]
    public void What_is_left_is_told_before_between_and_after_and_nothing_is_written()
    {
        Assert.Equal([(0, 32, 0, 4), (0, 32, 0, 4)], Left());
        Assert.False(Directory.Exists(_small.Folder.Root));

        using var stop = new CancellationTokenSource();
        _small.Work(stepped: seen => { if (seen == 20) stop.Cancel(); }, stop: stop.Token);
        Assert.Equal([(20, 12, 0, 4), (0, 32, 0, 4)], Left());

        _small.Work(only: ["two"]);
        Assert.Equal([(32, 0, 4, 0), (0, 32, 0, 4)], Left());

        Directory.Delete(Path.Combine(_small.Folder.Root, "runs"), recursive: true);
        Assert.Equal([(0, 0, 4, 0), (0, 32, 0, 4)], Left());
    }

    [Fact]
    public void A_finished_run_without_its_checkpoints_is_not_trained_again()
    {
        _small.Work(only: ["two"]);
        Directory.Delete(_small.Run("two-0").CheckpointsFolder, recursive: true);
        Directory.Delete(Path.Combine(_small.Folder.Root, "rows"), recursive: true);
        Assert.Equal((32, 0, 0, 4), Left().First());
    }

    [Fact]
    public void A_run_with_another_recipe_is_refused_as_the_work_itself_would()
    {
        _small.WorkUntil(20, only: ["two"]);
        _small.Experiment = _small.Experiment with { Settings = ["optimizer.learningRate=1e-4"] };
        Assert.Contains("another recipe", Plan()[0].Problem);
    }

    [Fact]
    public void A_run_that_cannot_be_done_says_why()
    {
        _small.Experiment = _small.Experiment with { Arms = [_small.Experiment.Arms[0] with { Recipe = "no-such.json" }] };
        Assert.Contains("no-such.json", Assert.Single(Plan()).Problem);
    }

    private IReadOnlyList<ExperimentRunPlan> Plan() => ExperimentPlan.Of(_small.Experiment, _small.Folder, Tiny.Device);

    private IEnumerable<(int, int, int, int)> Left() => Plan().Select(plan =>
    {
        Assert.Equal("", plan.Problem);
        Assert.Equal(plan.ImagesLeft > 0 || plan.RowsLeft > 0, plan.Time > TimeSpan.Zero);
        return ((int)plan.ImagesSeen, (int)plan.ImagesLeft, plan.RowsDone, plan.RowsLeft);
    });
}
