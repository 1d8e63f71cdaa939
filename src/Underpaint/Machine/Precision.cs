using System.Diagnostics.CodeAnalysis;

namespace Underpaint.Machine;

/// <summary>The type in which a network computes between its first and its last layer. Weights, codes, losses and the optimiser are float32 always.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "They are types.")]
public enum Precision
{
    /// <summary>24 significant bits.</summary>
    Float32,

    /// <summary>8 significant bits and the range of float32: half the memory, and twice the speed where the processor knows it.</summary>
    BFloat16,
}
