using System.Text.Json.Nodes;
using Underpaint.Experiments;
using Underpaint.Storage;
using Underpaint.Tests.Runs;

namespace Underpaint.Tests.Experiments;

public sealed class ExperimentSessionTests : IDisposable
{
    private readonly SmallExperiment _small = new();

    public void Dispose() => _small.Dispose();

    [Fact]
    public void Every_run_is_trained_and_judged_and_the_same_request_again_does_nothing()
    {
        _small.Experiment = _small.Experiment with { Seeds = [3, 4] };
        Assert.All(_small.Work(), result => Assert.Equal((RunState.Complete, ""), (result.State, result.Reason)));
        Assert.Equal(["two-3 from 0", "one-3 from 0", "two-4 from 0", "one-4 from 0"], _small.Watcher.Trained);
        Assert.Equal(2 * 2 * 2 * 2, _small.Watcher.Rows.Count);
        Assert.All(_small.Watcher.Rows, row => Assert.True(row is { ImagesSeen: 16 or 32, Images: 3, Parameters: > 0, TrainingImagesPerSecond: > 0 }));

        Assert.All(_small.Work(), result => Assert.Equal(RunState.Complete, result.State));
        Assert.Empty(_small.Watcher.Trained);
        Assert.Empty(_small.Watcher.Rows);
    }

    [Fact]
    public void Rows_whose_run_is_gone_are_not_made_anew_but_a_new_row_takes_a_new_run()
    {
        _small.Work();
        Directory.Delete(Path.Combine(_small.Folder.Root, "runs"), recursive: true);
        Assert.All(_small.Work(), result => Assert.Equal(RunState.Complete, result.State));
        Assert.Empty(_small.Watcher.Trained);

        _small.Experiment = _small.Experiment with { Evaluations = [_small.Experiment.Evaluations[0] with { Steps = [1, 2, 3] }] };
        _small.Work(only: ["two"]);
        Assert.Equal(["two-0 from 0"], _small.Watcher.Trained);
        Assert.Equal([3, 3], _small.Watcher.Rows.Select(row => row.Steps));
    }

    [Fact]
    public void A_run_with_all_its_rows_is_complete_though_the_work_is_stopped_before_it()
    {
        _small.Work(only: ["one"]);
        using var stop = new CancellationTokenSource();
        IReadOnlyList<RunResult> results = _small.Work(stepped: seen => StopAt(seen == 20, stop), stop: stop.Token);
        Assert.Equal([RunState.Unfinished, RunState.Complete], results.Select(result => result.State));
    }

    [Fact]
    public void Arms_see_equally_many_images_however_long_their_recipes_are()
    {
        _small.Experiment = _small.Experiment with { Images = 30 };
        _small.Work();
        Assert.Equal([32, 32], _small.Watcher.Rows.Where(row => row.At == 30 && row.Steps == 1).Select(row => row.ImagesSeen));
    }

    [Fact]
    public void A_stopped_experiment_goes_on_where_it_was_with_the_same_bits_and_repeats_nothing()
    {
        using (var whole = new SmallExperiment())
        {
            whole.Work();
            using var stop = new CancellationTokenSource();
            IReadOnlyList<RunResult> results = _small.Work(stepped: seen => StopAt(seen == 20, stop), stop: stop.Token);
            Assert.All(results, result => Assert.Equal(RunState.Unfinished, result.State));
            Assert.Contains("20 of 32 images are saved; 0 of 4 rows are done", File.ReadAllText(_small.Folder.MarkdownFile));

            // In the middle of judging the first run.
            using var again = new CancellationTokenSource();
            _small.Work(judged: count => StopAt(count == 3, again), stop: again.Token);
            Assert.Equal(["two-0 from 20"], _small.Watcher.Trained);

            Assert.All(_small.Work(), result => Assert.Equal(RunState.Complete, result.State));
            Assert.Equal(["one-0 from 0"], _small.Watcher.Trained);
            Assert.Equal(1 + 4, _small.Watcher.Rows.Count);
            foreach (string run in (string[])["two-0", "one-0"])
                Assert.Equal(SmallRun.Hash(whole.Run(run)), SmallRun.Hash(_small.Run(run)));
            Assert.Equal(File.ReadAllBytes(whole.Run("two-0").ModelFileAt(16)), File.ReadAllBytes(_small.Run("two-0").ModelFileAt(16)));
        }
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
    public void A_judge_that_is_missing_is_told_before_anything_is_trained()
    {
        _small.Experiment = _small.Experiment with { Measures = new() { Judge = "no-such.safetensors" } };
        Assert.Contains("no-such.safetensors", Assert.Throws<UnderpaintException>(() => _small.Work()).Message);
        Assert.Empty(_small.Watcher.Trained);
    }

    [Fact]
    public void A_run_that_fails_is_named_and_the_others_are_done()
    {
        ExperimentArm good = _small.Experiment.Arms[0];
        _small.Experiment = _small.Experiment with
        {
            Arms =
            [
                good with { Name = "wrong", Settings = ["phases[7].images=1"] },
                good with { Name = "blocked" },
                good,
            ],
        };
        Directory.CreateDirectory(Path.Combine(_small.Folder.Root, "runs"));
        File.WriteAllText(Path.Combine(_small.Folder.Root, "runs", "blocked-0"), "no folder");
        RunResult[] results = [.. _small.Work()];
        Assert.Equal([RunState.Failed, RunState.Failed, RunState.Complete], results.Select(result => result.State));
        Assert.Contains("phases[7]", results[0].Reason);
        Assert.Contains("Cannot write", results[1].Reason);
        Assert.Contains("phases[7]", File.ReadAllText(_small.Folder.MarkdownFile));
        Assert.Contains("| blocked, seed 0 | failed | Cannot write", File.ReadAllText(_small.Folder.MarkdownFile));
        Assert.Contains("phases[7]", File.ReadAllText(_small.Folder.PageFile));
    }

    [Theory]
    [InlineData("no-such-folder", "ornaments:3,16,9")]
    [InlineData(SmallRun.Data, "no-such-folder")]
    public void Data_that_is_missing_fails_each_run_before_it_is_trained_and_is_named(string training, string test)
    {
        _small.Experiment = _small.Experiment with { Data = new() { Training = training, Test = test } };
        Assert.All(_small.Work(), result => Assert.True(result.State == RunState.Failed && result.Reason.Contains("no-such-folder")));
        Assert.Empty(_small.Watcher.Trained);
    }

    [Fact]
    public void A_run_that_another_process_works_on_is_left_to_it_and_the_others_are_done()
    {
        _small.Work(only: ["two"]);
        _small.Experiment = _small.Experiment with { Evaluations = [_small.Experiment.Evaluations[0] with { Steps = [3] }] };
        using (RunLock other = RunLock.Acquire(_small.Run("two-0")))
        {
            RunResult[] results = [.. _small.Work()];
            Assert.Equal([RunState.InUse, RunState.Complete], results.Select(result => result.State));
            Assert.Contains($"process {Environment.ProcessId}", results[0].Reason);
        }
        Assert.All(_small.Work(), result => Assert.Equal(RunState.Complete, result.State));
        Assert.Equal(2, _small.Watcher.Rows.Count);
    }

    [Fact]
    public void A_run_that_becomes_free_while_others_are_done_is_taken_up_after_them()
    {
        _small.Work(only: ["two"]);
        RunLock other = RunLock.Acquire(_small.Run("two-0"));
        _small.Experiment = _small.Experiment with { Evaluations = [_small.Experiment.Evaluations[0] with { Steps = [3] }] };
        Assert.All(_small.Work(judged: count => { if (count == 1) other.Dispose(); }), result => Assert.Equal(RunState.Complete, result.State));
        Assert.Equal(["one", "one", "two", "two"], _small.Watcher.Rows.Select(row => row.Arm));
    }

    [Fact]
    public void Only_the_arms_asked_for_are_worked_on_and_the_results_tell_what_is_missing()
    {
        Assert.Equal(["one-0"], _small.Work(only: ["one"]).Select(result => result.Run.Name));
        Assert.Equal(["one-0 from 0"], _small.Watcher.Trained);
        Assert.Contains("| two, seed 0 | unfinished | 0 of 32 images are saved; 0 of 4 rows are done |", File.ReadAllText(_small.Folder.MarkdownFile));
        Assert.Contains("Did you mean \"one\"?", Assert.ThrowsAny<UnderpaintException>(() => _small.Work(only: ["ome"])).Message);
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
    public void Rows_of_images_that_were_replaced_are_gaps_in_the_results_unless_nobody_can_tell()
    {
        _small.Work();
        _small.Experiment = _small.Experiment with { Data = _small.Experiment.Data with { Test = "ornaments:3,16,10" } };
        _small.Work(only: ["one"]);
        Assert.Equal(["one", "one", "one", "one"], ArmsOfRows());
        Assert.Contains("| two, seed 0 | unfinished | 32 of 32 images are saved; 0 of 4 rows are done |", File.ReadAllText(_small.Folder.MarkdownFile));

        _small.Experiment = _small.Experiment with { Data = _small.Experiment.Data with { Test = "no-such-folder" } };
        _small.Work();
        Assert.Equal(8, ArmsOfRows().Count());
    }

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
        using var stop = new CancellationTokenSource();
        _small.Work(only: ["two"], stepped: seen => StopAt(seen == 20, stop), stop: stop.Token);
        _small.Experiment = _small.Experiment with { Data = _small.Experiment.Data with { Training = training, Validation = validation } };
        RunResult result = _small.Work(only: ["two"]).Single();
        Assert.Equal(RunState.Failed, result.State);
        Assert.Contains("holds a run on other images", result.Reason);
        Assert.Empty(_small.Watcher.Trained);
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

    [Fact]
    public void A_run_that_has_begun_may_be_judged_at_other_moments_that_are_still_to_come()
    {
        using var stop = new CancellationTokenSource();
        _small.Work(stepped: seen => StopAt(seen == 20, stop), stop: stop.Token);
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
    public void Inverted_codes_are_asked_of_those_models_only_that_can_be_inverted()
    {
        _small.Experiment = _small.Experiment with { Evaluations = [_small.Experiment.Evaluations[0] with { Inverted = [true], Steps = [2] }] };
        Assert.All(_small.Work(), result => Assert.Equal((RunState.Complete, ""), (result.State, result.Reason)));
        // At 16 images, "two" has seen pure noise only.
        Assert.Equal([("two", 32), ("one", 16), ("one", 32)], _small.Watcher.Rows.Select(row => (row.Arm, (int)row.At)));
        Assert.All(_small.Watcher.Rows, row => Assert.Equal("inverted", row.Codes));
    }

    [Fact]
    public void What_a_process_that_was_killed_while_it_made_a_run_has_left_is_no_obstacle()
    {
        string run = Path.Combine(_small.Folder.Root, "runs", "two-0");
        Directory.CreateDirectory(Path.Combine(run, "checkpoints"));
        File.WriteAllText(Path.Combine(run, ".recipe.json.abc.tmp"), "{");
        Assert.Equal(RunState.Complete, _small.Work(only: ["two"]).Single().State);
    }

    [Fact]
    public void The_results_hold_every_row_its_mean_over_seeds_and_what_is_needed_to_repeat_it()
    {
        _small.Experiment = _small.Experiment with { Seeds = [3, 4] };
        _small.Work();
        JsonNode json = JsonNode.Parse(File.ReadAllText(_small.Folder.JsonFile))!;
        Assert.Equal(16, json["rows"]!.AsArray().Count);
        Assert.Empty(json["open"]!.AsArray());
        JsonNode mean = json["means"]!.AsArray().First(item => (string)item!["arm"]! == "two" && (int)item["at"]! == 32)!;
        double[] seeds = [.. json["rows"]!.AsArray().Where(row => (string)row!["arm"]! == "two" && (int)row["at"]! == 32 && (int)row["steps"]! == 1)
            .Select(row => (double)row!["metrics"]!["psnr"]!["value"]!)];
        Assert.Equal(2, seeds.Length);
        Assert.Equal(seeds.Average(), (double)mean["metrics"]!["psnr"]!["mean"]!, 1e-12);
        Assert.Equal(Math.Abs(seeds[0] - seeds[1]) / Math.Sqrt(2), (double)mean["metrics"]!["psnr"]!["deviation"]!, 1e-12);
        Assert.Equal(["two", "one"], json["recipes"]!.AsArray().Select(recipe => (string)recipe!["name"]!));
        JsonNode row = json["rows"]![0]!;
        Assert.All((string[])["seed", "imagesSeen", "dataFingerprint", "parameters", "modelBytes", "trainingImagesPerSecond"], key => Assert.NotNull(row[key]));
        Assert.NotNull(row["trainedOn"]!["underpaint"]);
        Assert.DoesNotContain(_small.Folder.Root, File.ReadAllText(_small.Folder.JsonFile));
        string markdown = File.ReadAllText(_small.Folder.MarkdownFile);
        Assert.Contains("## After 32 images: test, 3 of at most 1000 images", markdown);
        Assert.Contains("### 2 steps, dpm++, log-snr", markdown);
        Assert.Contains("| two | 3, 4 |", markdown);
        Assert.Contains("Quality against images seen", File.ReadAllText(_small.Folder.PageFile));
    }

    private IEnumerable<string> ArmsOfRows() =>
        JsonNode.Parse(File.ReadAllText(_small.Folder.JsonFile))!["rows"]!.AsArray().Select(row => (string)row!["arm"]!);

    private static void StopAt(bool now, CancellationTokenSource stop)
    {
        if (now)
            stop.Cancel();
    }
}
