using System.Runtime.InteropServices;

namespace Underpaint.Cli;

/// <summary>
/// Ctrl-C, a request to terminate, and a closed terminal: the first one asks the verb to stop when it can, so that nothing is
/// lost; the second one ends the process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private const string ShowCursor = "\e[?25h";

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

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

    private void Handle(PosixSignalContext signal)
    {
        bool first = !_stop.IsCancellationRequested;
        // Left to the system, the signal ends the process.
        signal.Cancel = first;
        if (first)
            _stop.Cancel();
        else if (!Console.IsOutputRedirected)
            Console.Out.Write(ShowCursor);
    }
}
