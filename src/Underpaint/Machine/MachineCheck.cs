namespace Underpaint.Machine;

/// <summary>One thing that was looked at on this machine.</summary>
/// <param name="Name">What: "libtorch".</param>
/// <param name="Value">What was found: "2.10.0, from …".</param>
/// <param name="Remedy">What to do about it, as a full sentence; null when all is well.</param>
/// <param name="IsNeeded">Whether Underpaint cannot work as long as there is something to do. Default false.</param>
public sealed record MachineCheck(string Name, string Value, string? Remedy = null, bool IsNeeded = false);
