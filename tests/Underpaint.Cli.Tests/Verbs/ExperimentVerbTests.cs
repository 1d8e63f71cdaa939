namespace Underpaint.Cli.Tests.Verbs;

public sealed class ExperimentVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public ExperimentVerbTests() => _file = TinyExperiment.Write(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_interrupted_experiment_says_so_and_the_same_command_again_finishes_it()
    {
        string[] command = TinyExperiment.Command(_file, _folder.File("out"));
        Outcome stopped = Cli.RunUntil("checkpoint at 32 images", command);
        Assert.Equal(ExitCode.Failed, stopped.Code);
        Assert.Contains("0 of 2 runs are complete", stopped.Out);
        Assert.Contains("nothing is lost", stopped.Error);

        string output = Cli.Run(command).Succeeded();
        Assert.Contains("from 32 images on", output);
        Assert.Contains("Run 2 of 2:", output);
        Assert.Contains("second, seed 0, at 32 images: test, 3 images, 2 steps, dpm++, log-snr, random: psnr ", output);
        Assert.Contains("2 of 2 runs are complete", output);
        Assert.All((string[])["results.html", "results.md", "results.json"], name => Assert.True(File.Exists(_folder.File("out", name))));

        string again = Cli.Run(command).Succeeded();
        Assert.DoesNotContain("Run ", again.Replace("runs", ""));
        Assert.DoesNotContain("psnr", again);
    }

    [Fact]
    public void A_time_limit_stops_like_a_request_to_stop()
    {
        string[] command = TinyExperiment.Command(TinyExperiment.Write(_folder.Path, images: 1_000_000), _folder.File("out"), "--time-limit", "0.5s");
        Outcome stopped = Cli.Run(command);
        Assert.Equal(ExitCode.Failed, stopped.Code);
        Assert.Contains("Stopped at the time limit; nothing is lost", stopped.Error);
    }

    [Fact]
    public void A_dry_run_tells_what_is_left_and_writes_nothing()
    {
        string output = Cli.Run(TinyExperiment.Command(_file, _folder.File("out"), "--dry-run")).Succeeded();
        Assert.Contains("first, seed 0", output);
        Assert.Contains("128 images to train on and 8 rows to make: about ", output);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public void A_run_that_fails_is_named_and_the_exit_code_is_1()
    {
        File.WriteAllText(_file, File.ReadAllText(_file).Replace("phases[detail]", "phases[details]"));
        Outcome outcome = Cli.Run(TinyExperiment.Command(_file, _folder.File("out")));
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("failed: second, seed 0: Recipe", outcome.Error.Replace(_folder.Path, "Recipe"));
        Assert.Contains("phases[details] does not exist", outcome.Error);
        Assert.Contains("1 of 2 runs are complete", outcome.Out);
        Assert.Contains("cannot be done: second, seed 0",
            Cli.Run(TinyExperiment.Command(_file, _folder.File("out"), "--dry-run")).Error);
    }

    [Fact]
    public void Only_one_arm_can_be_asked_for()
    {
        Assert.Contains("1 of 1 run", Cli.Run(TinyExperiment.Command(_file, _folder.File("out"), "--only", "second")).Succeeded());
        Assert.False(Directory.Exists(_folder.File("out", "runs", "first-0")));
        Cli.Run(TinyExperiment.Command(_file, _folder.File("out"), "--only", "sekond"))
            .FailedWith(ExitCode.BadUsage, "Did you mean \"second\"?", "The arms are first, second.");
    }

    [Theory]
    [InlineData("--time-limit", "2", "such as 3h")]
    [InlineData("--precision", "int8", "int8")]
    public void A_wrong_option_is_bad_usage(string option, string value, string words) =>
        Cli.Run(TinyExperiment.Command(_file, _folder.File("out"), option, value)).FailedWith(ExitCode.BadUsage, words);

    [Fact]
    public void A_wrong_file_is_bad_usage()
    {
        File.WriteAllText(_file, "{ \"nam\": 1 }");
        Cli.Run(TinyExperiment.Command(_file, _folder.File("out"))).FailedWith(ExitCode.BadUsage, "nam is not a known key", "Did you mean \"name\"?");
    }
}
