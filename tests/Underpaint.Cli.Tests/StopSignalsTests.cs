using System.Runtime.InteropServices;

namespace Underpaint.Cli.Tests;

public class StopSignalsTests
{
    [Theory]
    [InlineData(PosixSignal.SIGINT, PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGTERM, PosixSignal.SIGINT)]
    public void The_first_request_is_a_wish_and_the_second_an_end(PosixSignal first, PosixSignal second)
    {
        using var signals = new StopSignals();
        Assert.False(Ends(signals, first));
        Assert.True(signals.Stop.IsCancellationRequested);
        Assert.True(Ends(signals, second));
    }

    [Fact]
    public void A_closed_terminal_is_told_twice_and_ends_nothing()
    {
        using var signals = new StopSignals();
        Assert.False(Ends(signals, PosixSignal.SIGHUP));
        Assert.True(signals.Stop.IsCancellationRequested);
        Assert.False(Ends(signals, PosixSignal.SIGHUP));
        // A system that closes a session asks on its own as well.
        Assert.False(Ends(signals, PosixSignal.SIGTERM));
        Assert.True(Ends(signals, PosixSignal.SIGTERM));
    }

    private static bool Ends(StopSignals signals, PosixSignal signal)
    {
        var context = new PosixSignalContext(signal);
        signals.Handle(context);
        return !context.Cancel;
    }
}
