using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>What is done to each normalised number.</summary>
internal interface IActivation
{
    /// <summary>The results for 16 numbers.</summary>
    /// <param name="z">The numbers.</param>
    /// <param name="position">Where the first of them stands in its image.</param>
    Vector512<float> Value(Vector512<float> z, nuint position);

    /// <summary>The derivatives of <see cref="Value"/>.</summary>
    /// <param name="z">The numbers.</param>
    /// <param name="position">Where the first of them stands in its image.</param>
    Vector512<float> Slope(Vector512<float> z, nuint position);
}
