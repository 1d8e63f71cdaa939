using System.Text.Json.Nodes;
using Underpaint.Experiments;

namespace Underpaint.Tests.Experiments;

public sealed class ExperimentResultsTests : IDisposable
{
    private readonly SmallExperiment _small = new();

    public void Dispose() => _small.Dispose();

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
    public void Results_of_other_images_than_those_that_are_here_are_kept()
    {
        _small.Work();
        Directory.Delete(Path.Combine(_small.Folder.Root, "runs"), recursive: true);
        _small.Experiment = _small.Experiment with { Data = new() { Training = "ornaments:15,16,3", Test = "ornaments:3,16,10" } };
        Assert.All(_small.Work(), result => Assert.Equal(RunState.Failed, result.State));
        Assert.Equal(8, ArmsOfRows().Count());
    }

    [Fact]
    public void What_another_judge_found_stands_in_a_column_of_its_own()
    {
        _small.Experiment = _small.Experiment with { Measures = new() { Judge = _small.WriteJudge("judge.safetensors", seed: 1) } };
        _small.Work(only: ["two"]);
        int first = VersionOfJudge("two");
        Directory.Delete(Path.Combine(_small.Folder.Root, "runs"), recursive: true);
        _small.WriteJudge("judge.safetensors", seed: 2);
        _small.Work();
        Assert.Empty(OpenRuns());
        Assert.NotEqual(first, VersionOfJudge("one"));
        string markdown = File.ReadAllText(_small.Folder.MarkdownFile);
        string head = markdown.Split('\n').First(line => line.StartsWith("| arm |", StringComparison.Ordinal));
        Assert.EndsWith($"| FD (judge) | FD (judge), version {first} |", head);
        string[] rows = [.. markdown[markdown.IndexOf(head, StringComparison.Ordinal)..].Split('\n')[2..4]];
        Assert.Matches(@"^\| two \|.*\|  \| \d+\.\d+ \|$", rows[0]);
        Assert.Matches(@"^\| one \|.*\| \d+\.\d+ \|  \|$", rows[1]);
        Assert.Contains("to be compared with figures of this version alone", markdown);
    }

    [Fact]
    public void A_run_that_is_complete_is_not_called_open_because_its_turn_has_not_come_yet()
    {
        _small.Experiment = _small.Experiment with { Seeds = [3, 4] };
        _small.Work();
        foreach (string run in (string[])["two-3", "one-3"])
            Directory.Delete(Path.Combine(_small.Folder.Root, "rows", run), recursive: true);
        string[] open = [];
        _small.Work(judged: count => open = count == 5 ? [.. OpenRuns()] : open);
        Assert.Equal(["one-3"], open);
    }

    [Fact]
    public void Three_arms_are_placed_between_their_pictures_and_what_their_codes_tell_and_two_are_not()
    {
        const string Heading = "Pictures against codes: test, 3 of at most 1000 images";
        _small.Experiment = _small.Experiment with { Measures = new() { Probe = 10 } };
        _small.Work();
        Assert.DoesNotContain(Heading, File.ReadAllText(_small.Folder.PageFile));

        _small.Experiment = _small.Experiment with { Arms = [.. _small.Experiment.Arms, _small.Experiment.Arms[1] with { Name = "three", Settings = [SmallExperiment.OnePhase, "optimizer.learningRate=1e-3"] }] };
        _small.Work();
        string page = File.ReadAllText(_small.Folder.PageFile);
        Assert.Contains(Heading, page);
        Assert.Contains("PSNR, dB, over linear probe", page);
    }

    [Fact]
    public void What_was_not_measured_is_named_with_the_reason()
    {
        _small.Work(only: ["one"]);
        Assert.Contains("| LPIPS (AlexNet) | It needs ", File.ReadAllText(_small.Folder.MarkdownFile));
    }

    [Fact]
    public void What_was_measured_once_is_shown_where_it_cannot_be_measured_any_more()
    {
        _small.Experiment = _small.Experiment with { Measures = new() { Judge = _small.WriteJudge("judge.safetensors", seed: 1) } };
        _small.Work(only: ["one"]);
        _small.Experiment = _small.Experiment with { Measures = new() };
        _small.Work(only: ["one"]);
        string markdown = File.ReadAllText(_small.Folder.MarkdownFile);
        Assert.Contains($"| FD (judge), version {VersionOfJudge("one")} |", markdown);
        Assert.DoesNotContain("| FD (judge) | It needs ", markdown);
    }

    [Fact]
    public void A_folder_of_weights_that_has_none_is_refused_before_the_training()
    {
        _small.WriteUnlabelled("weights", count: 1);
        _small.Experiment = _small.Experiment with { Measures = new() { Weights = "weights" } };
        Assert.Contains("has no metric's weight files", Assert.Throws<UnderpaintException>(() => _small.Work()).Message);
        Assert.Empty(_small.Watcher.Trained);
    }

    private IEnumerable<string> OpenRuns() =>
        JsonNode.Parse(File.ReadAllText(_small.Folder.JsonFile))!["open"]!.AsArray().Select(run => $"{run!["arm"]}-{run["seed"]}");

    private int VersionOfJudge(string arm) => (int)JsonNode.Parse(File.ReadAllText(_small.Folder.JsonFile))!["means"]!.AsArray()
        .First(mean => (string)mean!["arm"]! == arm)!["metrics"]!["judgeDistance"]!["version"]!;

    private IEnumerable<string> ArmsOfRows() =>
        JsonNode.Parse(File.ReadAllText(_small.Folder.JsonFile))!["rows"]!.AsArray().Select(row => (string)row!["arm"]!);
}
