using System.Runtime.CompilerServices;

namespace Underpaint.Cli.Tests;

/// <summary>
/// The help of every verb, letter by letter, as it stands in Help/*.txt. Run the tests with UNDERPAINT_ACCEPT=1 to write
/// these files anew after a change that is meant.
/// </summary>
public sealed class HelpTests
{
    private const string AcceptVariable = "UNDERPAINT_ACCEPT";

    [Theory]
    [InlineData("underpaint")]
    [InlineData("demo")]
    [InlineData("train")]
    [InlineData("resume")]
    [InlineData("reconstruct")]
    [InlineData("evaluate")]
    [InlineData("compare")]
    [InlineData("experiment")]
    [InlineData("judge")]
    [InlineData("import")]
    [InlineData("export")]
    [InlineData("encode")]
    [InlineData("decode")]
    [InlineData("join")]
    [InlineData("attributes")]
    [InlineData("edit")]
    [InlineData("judge-edits")]
    [InlineData("interpolate")]
    [InlineData("train-codes")]
    [InlineData("sample")]
    [InlineData("prepare")]
    [InlineData("inspect")]
    [InlineData("bench")]
    [InlineData("doctor")]
    public void Help_is_what_it_was(string verb)
    {
        string help = Normal(Cli.Run(verb == "underpaint" ? ["--help"] : [verb, "--help"]).Succeeded());
        string expected = Path.Combine(Folder(), $"{verb}.txt");
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
            File.WriteAllText(expected, help);
        Assert.True(File.Exists(expected) && help == Normal(File.ReadAllText(expected)),
            $"The help of {verb} is no longer that of {expected}. If the change is meant, "
            + $"run the tests once with {AcceptVariable}=1. It is now:\n{help}");
    }

    [Fact]
    public void Without_a_verb_the_help_is_shown() => Assert.Contains("Commands:", Cli.Run().Succeeded());

    [Theory]
    [InlineData("train")]
    [InlineData("evaluate")]
    public void Help_has_an_example(string verb) =>
        Assert.Contains($"Example:\n  underpaint {verb} ", Normal(Cli.Run(verb, "--help").Succeeded()));

    private static string Normal(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd() + "\n";

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Help");
}
