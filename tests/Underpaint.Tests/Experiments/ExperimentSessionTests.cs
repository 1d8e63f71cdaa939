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
    public void A_run_with_all_its_rows_is_complete_though_the_work_is_stopped_before_it()
    {
        _small.Work(only: ["one"]);
        IReadOnlyList<RunResult> results = _small.WorkUntil(20);
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
            IReadOnlyList<RunResult> results = _small.WorkUntil(20);
            Assert.All(results, result => Assert.Equal(RunState.Unfinished, result.State));
            Assert.Contains("20 of 32 images are saved; 0 of 4 rows are done", File.ReadAllText(_small.Folder.MarkdownFile));

            // In the middle of judging the first run.
            _small.WorkUntilJudged(3);
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

    [Fact]
    public void Results_that_cannot_be_written_meanwhile_keep_no_run_from_being_trained()
    {
        Directory.CreateDirectory(_small.Folder.PageFile);
        Assert.Throws<UnderpaintException>(() => _small.Work());
        Assert.Equal(["two-0 from 0", "one-0 from 0"], _small.Watcher.Trained);
        Directory.Delete(_small.Folder.PageFile);
        Assert.All(_small.Work(), result => Assert.Equal(RunState.Complete, result.State));
        Assert.Empty(_small.Watcher.Rows);
    }

    [Fact]
    public void A_damaged_log_of_a_run_costs_its_speed_and_no_row()
    {
        _small.Experiment = _small.Experiment with { Evaluations = [_small.Experiment.Evaluations[0] with { Steps = [1] }] };
        _small.Work(only: ["two"]);
        Directory.Delete(Path.Combine(_small.Folder.Root, "rows"), recursive: true);
        File.AppendAllText(_small.Run("two-0").MetricsFile, "{ \"kind\": \"tick\", \"loss\": {} }\n");
        Assert.Equal(RunState.Complete, Assert.Single(_small.Work(only: ["two"])).State);
        Assert.All(_small.Watcher.Rows, row => Assert.Equal(0, row.TrainingImagesPerSecond));
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
}
