using System.Text.Json.Nodes;
using Underpaint.Experiments;

namespace Underpaint.Tests.Experiments;

/// <summary>What makes a row anew, and what does not.</summary>
public sealed class RowStoreTests : IDisposable
{
    private readonly SmallExperiment _small = new();

    public void Dispose() => _small.Dispose();

    [Fact]
    public void Rows_whose_run_is_gone_are_not_made_anew_nor_is_a_new_row_made_of_another_training()
    {
        _small.Work();
        Directory.Delete(Path.Combine(_small.Folder.Root, "runs"), recursive: true);
        Assert.All(_small.Work(), result => Assert.Equal(RunState.Complete, result.State));
        Assert.Empty(_small.Watcher.Trained);

        _small.Experiment = _small.Experiment with { Evaluations = [_small.Experiment.Evaluations[0] with { Steps = [1, 2, 3] }] };
        AssertRefused("4 of 6 rows", "and the model that they were made from is gone");
    }

    [Fact]
    public void Measures_that_are_added_later_are_in_every_row_and_another_judge_makes_the_rows_anew()
    {
        _small.Work(only: ["two"]);
        string judge = _small.WriteJudge("judge.safetensors", seed: 1);
        _small.Experiment = _small.Experiment with { Measures = new() { Judge = judge, Probe = 10, Interpolations = 1 } };
        Assert.Equal(RunState.Complete, Assert.Single(_small.Work(only: ["two"])).State);
        Assert.Empty(_small.Watcher.Trained);
        Assert.Equal(4, _small.Watcher.Rows.Count);
        Assert.All(_small.Watcher.Rows, row => Assert.True(row.Metrics["judgeDistance"].Value > 0));
        // Codes are the same in whatever way they are decoded.
        Assert.All(_small.Watcher.Rows.GroupBy(row => row.At), rows => Assert.Single(rows.Select(row => row.Metrics["probeAccuracy"]).Distinct()));
        Assert.All(_small.Watcher.Rows, row => Assert.True(row.Metrics["neighborAccuracy"].Value is >= 0 and <= 1 && row.Metrics["interpolationJump"].Value >= 1));
        Assert.Contains("FD (judge)", File.ReadAllText(_small.Folder.JsonFile));
        Assert.Contains("| FD (judge) |", File.ReadAllText(_small.Folder.MarkdownFile));
        Assert.Contains("fitted on 10 images of the run's training images", File.ReadAllText(_small.Folder.MarkdownFile));

        _small.Work(only: ["two"]);
        Assert.Empty(_small.Watcher.Rows);
        _small.WriteJudge("judge.safetensors", seed: 2);
        _small.Work(only: ["two"]);
        Assert.Equal(4, _small.Watcher.Rows.Count);
    }

    [Fact]
    public void The_rows_of_a_run_that_is_gone_stand_though_the_judge_is_another_now()
    {
        _small.Experiment = _small.Experiment with { Measures = new() { Judge = _small.WriteJudge("judge.safetensors", seed: 1) } };
        _small.Work(only: ["two"]);
        Directory.Delete(Path.Combine(_small.Folder.Root, "runs"), recursive: true);
        _small.WriteJudge("judge.safetensors", seed: 2);
        RunResult stands = Assert.Single(_small.Work(only: ["two"]));
        Assert.Equal((RunState.Complete, "not measured as it would be now, since the models are gone: FD (judge)"), (stands.State, stands.Reason));
        Assert.Equal((4, 0, ""), PlanOfTwo());
        Assert.Empty(_small.Watcher.Trained);
        Assert.Empty(_small.Watcher.Rows);
    }

    [Fact]
    public void The_rows_of_models_that_are_gone_stand_though_their_run_is_there()
    {
        _small.Experiment = _small.Experiment with { Measures = new() { Judge = _small.WriteJudge("judge.safetensors", seed: 1) } };
        _small.Work(only: ["two"]);
        Directory.Delete(Path.Combine(_small.Run("two-0").Path, "models"), recursive: true);
        _small.WriteJudge("judge.safetensors", seed: 2);
        Assert.Contains("FD (judge)", Assert.Single(_small.Work(only: ["two"])).Reason);
        Assert.Equal([32, 32], _small.Watcher.Rows.Select(row => row.At));
    }

    [Fact]
    public void The_rows_of_a_run_that_is_gone_stand_though_a_measure_was_added()
    {
        _small.Work(only: ["two"]);
        Directory.Delete(Path.Combine(_small.Folder.Root, "runs"), recursive: true);
        _small.Experiment = _small.Experiment with { Measures = new() { Interpolations = 1 } };
        Assert.Contains("models are gone: largest jump", Assert.Single(_small.Work(only: ["two"])).Reason);
    }

    [Fact]
    public void A_run_that_is_gone_is_not_trained_again_for_another_recipe_or_other_images()
    {
        _small.Work(only: ["two"]);
        Directory.Delete(Path.Combine(_small.Folder.Root, "runs"), recursive: true);
        _small.Experiment = _small.Experiment with { Settings = ["optimizer.learningRate=1e-4"] };
        AssertRefused("4 rows", "Other now: recipe.");
        _small.Experiment = _small.Experiment with { Settings = [], Data = new() { Training = "ornaments:15,16,3", Test = "ornaments:3,16,10" } };
        AssertRefused("4 rows", "Other now: training images, test images.");

        Directory.Delete(Path.Combine(_small.Folder.Root, "rows", "two-0"), recursive: true);
        _small.Work(only: ["two"]);
        Assert.Equal(["two-0 from 0"], _small.Watcher.Trained);
    }

    [Fact]
    public void A_row_is_made_again_when_what_it_was_made_from_has_changed_and_only_then()
    {
        _small.Work();
        _small.Experiment = _small.Experiment with { Data = _small.Experiment.Data with { Test = "ornaments:3,16,10" } };
        _small.Work(only: ["one"]);
        Assert.Equal(4, _small.Watcher.Rows.Count);
        string row = Directory.GetFiles(Path.Combine(_small.Folder.Root, "rows", "one-0")).Order(StringComparer.Ordinal).First();
        File.WriteAllText(row, "{ \"arm\": ");
        _small.Work(only: ["one"]);
        Assert.Equal("one", Assert.Single(_small.Watcher.Rows).Arm);
    }

    [Fact]
    public void Validation_images_of_their_own_may_be_replaced_and_rows_are_made_anew_by_them()
    {
        _small.Experiment = _small.Experiment with
        {
            Data = _small.Experiment.Data with { Validation = "ornaments:3,16,8" },
            Evaluations = [_small.Experiment.Evaluations[0] with { On = EvaluationImages.Validation }],
        };
        _small.Work(only: ["two"]);
        _small.Experiment = _small.Experiment with { Data = _small.Experiment.Data with { Validation = "ornaments:3,16,7" } };
        Assert.Equal(RunState.Complete, _small.Work(only: ["two"]).Single().State);
        Assert.Empty(_small.Watcher.Trained);
        Assert.Equal(4, _small.Watcher.Rows.Count);
    }

    [Fact]
    public void Rows_that_do_not_tell_what_was_trained_on_are_taken()
    {
        _small.Work(only: ["two"]);
        foreach (string file in Directory.GetFiles(Path.Combine(_small.Folder.Root, "rows", "two-0")))
        {
            JsonObject row = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            Assert.True(row.Remove("trainingFingerprint"));
            File.WriteAllText(file, row.ToJsonString());
        }
        _small.Experiment = _small.Experiment with { Data = _small.Experiment.Data with { Training = "ornaments:15,16,3" } };
        Assert.Equal(RunState.Complete, _small.Work(only: ["two"]).Single().State);
        Assert.Empty(_small.Watcher.Rows);
    }

    private void AssertRefused(params string[] reasons)
    {
        RunResult refused = Assert.Single(_small.Work(only: ["two"]));
        Assert.Equal(RunState.Failed, refused.State);
        Assert.All(reasons, reason => Assert.Contains(reason, refused.Reason));
        Assert.Equal(refused.Reason, PlanOfTwo().Problem);
        Assert.Empty(_small.Watcher.Trained);
    }

    private (int RowsDone, int RowsLeft, string Problem) PlanOfTwo()
    {
        ExperimentRunPlan plan = ExperimentPlan.Of(_small.Experiment, _small.Folder, Tiny.Device, ["two"])[0];
        return (plan.RowsDone, plan.RowsLeft, plan.Problem);
    }
}
