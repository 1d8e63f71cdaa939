namespace Underpaint.Cli.Tests;

/// <summary>What one command line did.</summary>
internal sealed record Outcome(int Code, string Out, string Error)
{
    /// <summary>Checks that it went well, and gives its output.</summary>
    public string Succeeded()
    {
        Assert.True(Code == ExitCode.Ok, $"Exit code {Code}: {Error}");
        return Out;
    }

    /// <summary>Checks that it failed with one paragraph on standard error, with some words in it and no trace.</summary>
    public void FailedWith(int code, params string[] words)
    {
        Assert.True(Code == code, $"Exit code {Code} instead of {code}: {Error}{Out}");
        string line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("error: ", line);
        Assert.DoesNotContain("bug", line);
        Assert.All(words, word => Assert.Contains(word, line));
    }
}
