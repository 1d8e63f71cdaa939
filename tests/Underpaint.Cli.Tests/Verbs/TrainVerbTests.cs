using System.Security.Cryptography;
using Underpaint.Storage;

namespace Underpaint.Cli.Tests.Verbs;

public sealed class TrainVerbTests(TinyRun tiny) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_interrupted_run_says_how_to_go_on_and_the_same_command_continues_it_with_the_same_bits()
    {
        string[] command = TinyRun.Train(TinyRun.WriteRecipe(_folder.Path), _folder.File("run"));
        Outcome stopped = Cli.RunUntil("checkpoint at 16 images", command);
        Assert.Equal(ExitCode.Failed, stopped.Code);
        Assert.Contains($"underpaint resume {_folder.File("run")}", stopped.Error);

        string output = Cli.Run(command).Succeeded();
        Assert.Contains("from 16 images on", output);
        Assert.Contains(_folder.File("run", "report.html"), output);
        Assert.Equal(HashOf(tiny.Model), HashOf(_folder.File("run", "model.safetensors")));
    }

    [Fact]
    public void Resume_continues_an_interrupted_run_and_says_when_there_is_nothing_left()
    {
        Cli.RunUntil("checkpoint at 16 images", TinyRun.Train(TinyRun.WriteRecipe(_folder.Path), _folder.File("run")));
        Assert.Contains("Finished: 64 images", Cli.Run("resume", _folder.File("run"), "--device", "cpu").Succeeded());
        string complete = Cli.Run("resume", _folder.File("run")).Succeeded();
        Assert.Contains("complete", complete);
        Assert.Contains("Report: ", complete);
        File.Delete(_folder.File("run", "report.html"));
        Assert.DoesNotContain("Report: ", Cli.Run("resume", _folder.File("run")).Succeeded());
    }

    [Fact]
    public void A_log_has_a_line_for_each_phase_validation_and_checkpoint()
    {
        string output = Cli.Run(TinyRun.Train(TinyRun.WriteRecipe(_folder.Path), _folder.File("run"))).Succeeded();
        Assert.Contains("structure: 32 of 64 images, loss ", output);
        Assert.Contains("detail: 64 of 64 images, loss ", output);
        Assert.Contains("validation at 64 images: PSNR ", output);
        Assert.Contains("checkpoint at 64 images", output);
    }

    [Fact]
    public void Without_out_a_run_gets_the_next_number_below_runs()
    {
        string before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = _folder.Path;
        try
        {
            string recipe = TinyRun.WriteRecipe(_folder.Path);
            Outcome stopped = Cli.RunStopped("train", recipe, "--data", TinyRun.Data, "--device", "cpu");
            Assert.Contains($"underpaint resume {Path.Combine("runs", "0001-tiny")}", stopped.Error);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Fact]
    public void A_dry_run_tells_what_would_be_and_touches_nothing()
    {
        string recipe = TinyRun.WriteRecipe(_folder.Path);
        string[] command = [.. TinyRun.Train(recipe, _folder.File("run")), "--set", "phases[1].images=80", "--dry-run"];
        string output = Cli.Run(command).Succeeded();
        Assert.Contains("\"images\": 80", output);
        Assert.Contains("80 images, 10 steps of 8", output);
        Assert.Contains("29 to learn from, 1 to judge by", output);
        Assert.Contains("16×16 pixels", output);
        Assert.Contains("checkpoint", output);
        Assert.Equal([recipe], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("no-such-recipe", "The built-in recipes are")]
    [InlineData("two-fase", "Did you mean \"two-phase\"?")]
    [InlineData("missing.json", "Check the recipe's path")]
    public void An_unknown_recipe_is_bad_usage(string recipe, string remedy) =>
        Cli.Run("train", recipe, "--data", TinyRun.Data).FailedWith(ExitCode.BadUsage, remedy);

    [Theory]
    [InlineData("model.chanels=64", "channels")]
    [InlineData("phases[7].images=1", "phases[7]")]
    [InlineData("model.channels", "path=value")]
    [InlineData("optimizer.batch=none", "optimizer.batch")]
    public void A_wrong_override_is_bad_usage(string change, string words) =>
        Cli.Run("train", "demo", "--data", TinyRun.Data, "--set", change).FailedWith(ExitCode.BadUsage, words);

    [Fact]
    public void Data_that_is_not_there_is_an_error() =>
        Cli.Run("train", "demo", "--data", _folder.File("none"))
            .FailedWith(ExitCode.Failed, _folder.File("none"), "Give a folder");

    [Fact]
    public void An_empty_folder_is_an_error() =>
        Cli.Run("train", "demo", "--data", _folder.Path).FailedWith(ExitCode.Failed, "holds no images");

    [Fact]
    public void A_folder_below_a_file_cannot_be_the_output()
    {
        string recipe = TinyRun.WriteRecipe(_folder.Path);
        Cli.Run(TinyRun.Train(recipe, Path.Combine(recipe, "run"))).FailedWith(ExitCode.Failed, "Cannot write", "tiny.json");
    }

    [Fact]
    public void A_folder_with_other_files_is_not_made_into_a_run() =>
        Cli.Run(TinyRun.Train(TinyRun.WriteRecipe(_folder.Path), _folder.Path))
            .FailedWith(ExitCode.Failed, "is not empty", "Give a new or empty folder");

    [Fact]
    public void A_run_with_another_recipe_is_left_alone()
    {
        string[] other = [.. TinyRun.Train(TinyRun.WriteRecipe(_folder.Path), tiny.Folder), "--set", "seed=7"];
        Cli.Run(other).FailedWith(ExitCode.Failed, "another recipe", "underpaint resume");
    }

    [Fact]
    public void A_run_that_another_writer_holds_is_left_alone()
    {
        string recipe = TinyRun.WriteRecipe(_folder.Path);
        Cli.RunStopped(TinyRun.Train(recipe, _folder.File("run")));
        using RunLock held = RunLock.Acquire(RunFolder.Open(_folder.File("run")));
        Cli.Run(TinyRun.Train(recipe, _folder.File("run"))).FailedWith(ExitCode.Failed, "is being written by", "Wait until");
    }

    [Fact]
    public void A_demo_that_is_stopped_says_how_to_go_on()
    {
        Outcome stopped = Cli.RunStopped("demo", "--out", _folder.File("demo"), "--device", "cpu");
        Assert.Equal(ExitCode.Failed, stopped.Code);
        Assert.Contains("minutes", stopped.Out);
        Assert.Contains("underpaint resume", stopped.Error);
    }

    [Fact]
    public void A_folder_that_is_no_run_cannot_be_resumed() =>
        Cli.Run("resume", _folder.Path).FailedWith(ExitCode.Failed, "is not a run", "Give the folder of a run");

    private static string HashOf(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
}
