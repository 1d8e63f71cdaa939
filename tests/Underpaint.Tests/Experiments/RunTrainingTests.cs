using Underpaint.Experiments;
using Underpaint.Tests.Runs;

namespace Underpaint.Tests.Experiments;

/// <summary>Which runs an experiment takes up, and which it leaves alone.</summary>
public sealed class RunTrainingTests : IDisposable
{
    private readonly SmallExperiment _small = new();

    public void Dispose() => _small.Dispose();

    [Fact]
    public void A_run_on_other_images_is_not_judged_until_they_are_put_back_or_it_is_moved_away()
    {
        ExperimentData data = _small.Experiment.Data, more = data with { Training = "ornaments:15,16,3" };
        _small.Work(only: ["two"]);
        _small.Experiment = _small.Experiment with { Data = more };
        RunResult result = _small.Work(only: ["two"]).Single();
        Assert.Equal(RunState.Failed, result.State);
        Assert.Contains("holds a run on other images", result.Reason);

        _small.Experiment = _small.Experiment with { Data = data };
        Assert.Equal(RunState.Complete, _small.Work(only: ["two"]).Single().State);
        Assert.Empty(_small.Watcher.Rows);

        Directory.Delete(_small.Run("two-0").Path, recursive: true);
        Directory.Delete(Path.Combine(_small.Folder.Root, "rows", "two-0"), recursive: true);
        _small.Experiment = _small.Experiment with { Data = more };
        Assert.Equal(RunState.Complete, _small.Work(only: ["two"]).Single().State);
        Assert.Equal(["two-0 from 0"], _small.Watcher.Trained);
        Assert.Equal(4, _small.Watcher.Rows.Count);
    }

    [Theory]
    [InlineData("ornaments:15,16,3", null)]
    [InlineData(SmallRun.Data, "ornaments:3,16,8")]
    public void A_run_does_not_go_on_with_other_images(string training, string? validation)
    {
        _small.WorkUntil(20, only: ["two"]);
        _small.Experiment = _small.Experiment with { Data = _small.Experiment.Data with { Training = training, Validation = validation } };
        RunResult result = _small.Work(only: ["two"]).Single();
        Assert.Equal(RunState.Failed, result.State);
        Assert.Contains("holds a run on other images", result.Reason);
        Assert.Empty(_small.Watcher.Trained);
    }

    [Fact]
    public void A_run_that_has_begun_may_be_judged_at_other_moments_that_are_still_to_come()
    {
        _small.WorkUntil(20);
        _small.Experiment = _small.Experiment with { Evaluations = [_small.Experiment.Evaluations[0] with { At = [8, 24], Steps = [1] }] };
        RunResult result = _small.Work(only: ["two"]).Single();
        Assert.Equal((RunState.Complete, "no model was kept at 8 images"), (result.State, result.Reason));
        Assert.Equal([24, 32], _small.Watcher.Rows.Select(row => row.At));
        Assert.Contains("no model was kept at 8 images", File.ReadAllText(_small.Folder.MarkdownFile));
    }

    [Fact]
    public void A_run_that_was_begun_with_another_recipe_is_not_touched()
    {
        _small.Work(only: ["two"]);
        string before = SmallRun.Hash(_small.Run("two-0"));
        _small.Experiment = _small.Experiment with { Settings = ["optimizer.learningRate=1e-4"] };
        RunResult result = _small.Work(only: ["two"]).Single();
        Assert.Equal(RunState.Failed, result.State);
        Assert.Contains("another recipe", result.Reason);
        Assert.Equal(before, SmallRun.Hash(_small.Run("two-0")));
    }

    [Fact]
    public void A_run_goes_on_under_another_name_of_its_arm()
    {
        _small.WorkUntil(20, only: ["two"]);
        string before = _small.Run("two-0").Path;
        Directory.Move(before, before.Replace("two-0", "pair-0", StringComparison.Ordinal));
        _small.Experiment = _small.Experiment with { Arms = [_small.Experiment.Arms[0] with { Name = "pair" }] };
        Assert.Equal(RunState.Complete, _small.Work().Single().State);
        Assert.Equal(["pair-0 from 20"], _small.Watcher.Trained);
    }

    [Fact]
    public void What_a_process_that_was_killed_while_it_made_a_run_has_left_is_no_obstacle()
    {
        string run = Path.Combine(_small.Folder.Root, "runs", "two-0");
        Directory.CreateDirectory(Path.Combine(run, "checkpoints"));
        File.WriteAllText(Path.Combine(run, ".recipe.json.abc.tmp"), "{");
        Assert.Equal(RunState.Complete, _small.Work(only: ["two"]).Single().State);
    }
}
