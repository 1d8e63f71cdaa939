using Underpaint.Cli.Progress;

namespace Underpaint.Cli.Tests.Progress;

public sealed class CountedLinesTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly StringWriter _out = new(), _error = new();

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void A_log_gets_a_line_a_minute_on_standard_error_and_results_stay_alone()
    {
        var lines = new CountedLines(new(Cli.Console(_out), Cli.Console(_error), _time, default), "evaluating");
        for (int done = 1000; done <= 4000; done += 1000)
        {
            _time.Pass(40);
            lines.Reach(done, 4000);
        }
        Assert.Equal(
        [
            "evaluating: 2,000 of 4,000, 1 min 20 s left",
            "evaluating: 4,000 of 4,000, 0 s left",
        ], _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(_out.ToString());
    }

    [Fact]
    public void What_was_done_before_says_nothing_of_the_time_that_is_left()
    {
        var lines = new CountedLines(new(Cli.Console(_out), Cli.Console(_error), _time, default), "encoding", () => 3000);
        foreach (int done in new[] { 3000, 3500 })
        {
            _time.Pass(60);
            lines.Reach(done, 4000);
        }
        Assert.Equal(
        [
            "encoding: 3,000 of 4,000",
            "encoding: 3,500 of 4,000, 2 min 00 s left",
        ], _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
