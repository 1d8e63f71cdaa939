using System.Runtime.InteropServices;

namespace Underpaint.Cli;

/// <summary>
/// Ctrl-C, a request to terminate, and a closed terminal: the first one asks the verb to stop when it can, so that nothing is
/// lost. A second Ctrl-C or request to terminate ends the process at once; a closed terminal never does, for it is told twice, by the shell and by
/// the system, within a millisecond.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private const string ShowCursor = "\e[?25h";

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _requests;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle),
    ];

    /// <summary>Asked for at the first signal.</summary>
    public CancellationToken Stop => _stop.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }

    /// <summary>Decides what a signal does.</summary>
    internal void Handle(PosixSignalContext signal)
    {
        bool isLast = signal.Signal != PosixSignal.SIGHUP && Interlocked.Increment(ref _requests) > 1;
        // Left to the system, the signal ends the process.
        signal.Cancel = !isLast;
        if (!isLast)
            _stop.Cancel();
        else if (!Console.IsOutputRedirected)
            Console.Out.Write(ShowCursor);
    }
}
