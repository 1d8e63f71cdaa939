using System.Diagnostics.CodeAnalysis;

namespace Underpaint.Runs;

/// <summary>What a <see cref="SpeedTest"/> times.</summary>
[Flags]
[SuppressMessage("Naming", "CA1711", Justification = "Tasks, in the plain sense of the word.")]
public enum SpeedTasks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Training steps.</summary>
    Train = 1,

    /// <summary>Images to codes.</summary>
    Encode = 2,

    /// <summary>Codes to images.</summary>
    Decode = 4,

    /// <summary>All of it.</summary>
    All = Train | Encode | Decode,
}
