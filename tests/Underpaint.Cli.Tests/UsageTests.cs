namespace Underpaint.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("trian demo", "There is no verb \"trian\". The verbs are demo, train,", "`underpaint --help`")]
    [InlineData("--bogus", "'--bogus'", "`underpaint --help`")]
    [InlineData("train demo", "'--data' is required", "`underpaint train --help`")]
    [InlineData("train demo --data", "--data", "`underpaint train --help`")]
    [InlineData("train --data x", "train", "`underpaint train --help`")]
    [InlineData("train demo --data x --dev cpu", "--dev", "`underpaint train --help`")]
    [InlineData("compare a b --threads 1", "There is no option '--threads'", "'./--threads'", "`underpaint compare --help`")]
    [InlineData("sample m --gaussian --codes a.parquet --cuont 100 --out x", "There is no option '--cuont'", "`underpaint sample --help`")]
    [InlineData("evaluate --bogus", "'--bogus'", "`underpaint evaluate --help`")]
    [InlineData("train demo --data x --device tpu", "'tpu'", "'cuda'")]
    [InlineData("train demo --data x --threads 0", "--threads must be at least 1", "`underpaint train --help`")]
    [InlineData("evaluate m --data x --steps 5,0", "--steps must be whole numbers of 1 … 1000", "\"0\" is none", "`underpaint evaluate --help`")]
    [InlineData("evaluate m --data x --steps many", "\"many\" is none", "`underpaint evaluate --help`")]
    [InlineData("evaluate m --data x --limit -3", "--limit must be at least 1", "`underpaint evaluate --help`")]
    [InlineData("bench --preset cifar", "'cifar'", "'cifar32'")]
    [InlineData("bench --seconds -1", "--seconds must be at least 0", "`underpaint bench --help`")]
    [InlineData("evaluate m --data x --solver ddim,euler", "\"euler\"", "dpm++ and ddim")]
    [InlineData("evaluate m --data x --grid cubic", "'cubic'", "'log-snr'")]
    [InlineData("judge-edits m a.png --directions d --judge j --strength 0,25", "--strength must be a number such as 0.25, and is \"0,25\"", "`underpaint judge-edits --help`")]
    [InlineData("attributes a.npy --out d --penalty 0,001", "--penalty must be a number above 0", "\"0,001\"")]
    [InlineData("attributes a.npy --out d --penalty 0", "--penalty must be a number above 0", "`underpaint attributes --help`")]
    [InlineData("encode m --data x --out a.npy --shard 5/4", "\"5/4\" names no shard", "`underpaint encode --help`")]
    [InlineData("join a.npy --out b.csv", "b.csv has not the ending of a code file", "`underpaint join --help`")]
    [InlineData("sample m --out x", "--latent FILE or --gaussian", "`underpaint sample --help`")]
    [InlineData("reconstruct m --out x", "reconstruct", "`underpaint reconstruct --help`")]
    [InlineData("reconstruct m a.png", "'--out' is required", "`underpaint reconstruct --help`")]
    public void Bad_usage_says_what_is_wrong_and_where_the_help_is(string commandLine, params string[] words) =>
        Cli.Run(commandLine).FailedWith(ExitCode.BadUsage, words);

    [Fact]
    public void An_unexpected_failure_is_called_a_bug_and_names_the_way_to_its_trace()
    {
        Outcome told = Told(new InvalidOperationException("Broken\n  inside."));
        Assert.Equal(ExitCode.Failed, told.Code);
        Assert.Equal("error: Broken inside. This is a bug in Underpaint: please report it with its trace, "
            + $"which UNDERPAINT_TRACE=1 shows.{Environment.NewLine}", told.Error);
    }

    [Fact]
    public void Memory_that_runs_out_is_no_bug_and_every_verb_has_a_remedy() =>
        Told(new InsufficientMemoryException()).FailedWith(ExitCode.Failed, "not enough memory", "a smaller batch", "fewer images");

    [Fact]
    public void Control_characters_of_a_file_s_name_do_not_reach_the_terminal() =>
        Assert.DoesNotContain('\e', Cli.Run("inspect", "a\e[2Jb").Error);

    private static Outcome Told(Exception failure)
    {
        var error = new StringWriter();
        int code = Failure.Of(new(Cli.Console(TextWriter.Null), Cli.Console(error), TimeProvider.System, default), failure);
        return new(code, "", error.ToString());
    }
}
