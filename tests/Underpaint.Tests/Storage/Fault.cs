namespace Underpaint.Tests.Storage;

/// <summary>What can go wrong at a step of a disk.</summary>
public enum Fault
{
    /// <summary>The disk is full at this step; half of a write is done.</summary>
    Full,

    /// <summary>The disk reports an error of its own at this step.</summary>
    Broken,

    /// <summary>The step is not permitted.</summary>
    Forbidden,

    /// <summary>The process is killed at this step; half of a write is done, and nothing after it.</summary>
    Killed,

    /// <summary>The power goes at this step; names that were not flushed to the disk are as they were before.</summary>
    PowerCutOfNames,

    /// <summary>The power goes at this step; names are on the disk, contents that were not flushed are half there.</summary>
    PowerCutOfContents,
}
