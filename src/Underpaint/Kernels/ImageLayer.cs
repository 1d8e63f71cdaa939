namespace Underpaint.Kernels;

/// <summary>What is done to one image after it is normalised.</summary>
/// <param name="gain">Factors, one per channel.</param>
/// <param name="offset">Terms, one per channel.</param>
/// <param name="silu">Whether SiLU follows.</param>
/// <param name="mask">What is dropped at the end.</param>
internal readonly ref struct ImageLayer(ReadOnlySpan<float> gain, ReadOnlySpan<float> offset, bool silu, ImageMask mask)
{
    /// <summary>Factors, one per channel.</summary>
    public ReadOnlySpan<float> Gain { get; } = gain;

    /// <summary>Terms, one per channel.</summary>
    public ReadOnlySpan<float> Offset { get; } = offset;

    /// <summary>Whether SiLU follows.</summary>
    public bool Silu { get; } = silu;

    /// <summary>What is dropped at the end.</summary>
    public ImageMask Mask { get; } = mask;
}
