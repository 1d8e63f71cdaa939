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
}
