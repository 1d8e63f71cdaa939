namespace Underpaint.Cli.Tests;

public sealed class TimeLimitTests
{
    [Theory]
    [InlineData("2h", 7200)]
    [InlineData("90m", 5400)]
    [InlineData("45s", 45)]
    [InlineData("2h30m", 9000)]
    [InlineData("1.5h", 5400)]
    public void Hours_minutes_and_seconds_are_understood(string text, double seconds) =>
        Assert.Equal(seconds, TimeLimit.Parse(text)!.Value.TotalSeconds);

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("h")]
    [InlineData("0h")]
    [InlineData("-1h")]
    [InlineData("30m2h")]
    [InlineData("1d")]
    [InlineData("1000h")]
    [InlineData("99999999999999999999h")]
    public void Anything_else_is_not(string text) => Assert.Null(TimeLimit.Parse(text));
}
