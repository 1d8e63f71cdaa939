namespace Underpaint.Storage;

/// <summary>Another process writes to the run; whoever has other work can do that meanwhile.</summary>
public sealed class RunInUseException : UnderpaintException
{
    /// <summary>Creates the error.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="writer">Who writes to it, in words.</param>
    /// <param name="inner">The system's own error.</param>
    public RunInUseException(string run, string writer, Exception? inner = null)
        : base($"{run} is being written by {writer}.", "Wait until it has finished, or stop it; reading the run is always possible.", inner) =>
        Writer = writer;

    /// <summary>Who writes to the run: "process 12 on host, since …".</summary>
    public string Writer { get; }
}
