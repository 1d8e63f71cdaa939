using Underpaint.Data.Images;

namespace Underpaint.Codes.Latents;

/// <summary>An image that there was none of before.</summary>
/// <param name="Number">Its number: with the same seed, number i is always the same image.</param>
/// <param name="Code">Its code.</param>
/// <param name="Image">What its code decodes to.</param>
public sealed record SampledImage(int Number, float[] Code, PixelImage Image);
