namespace Underpaint.Harness.Killing;

/// <summary>What came of killing.</summary>
internal sealed class KillReport
{
    /// <summary>Processes that were killed.</summary>
    public int Killed { get; set; }

    /// <summary>Processes that were asked to end.</summary>
    public int Asked { get; set; }

    /// <summary>Those of them that said how to continue; the others had not begun, or were done.</summary>
    public int Answered { get; set; }

    /// <summary>Runs that were trained to their end.</summary>
    public int Runs { get; set; }

    /// <summary>Those that ended with the same weights as the run that was left alone.</summary>
    public int Equal { get; set; }
}
