using Underpaint.Data.Images;

namespace Underpaint.Codes.Interpolations;

/// <summary>The way between two images.</summary>
/// <param name="From">The first image, as the model sees it.</param>
/// <param name="To">The last.</param>
/// <param name="Frames">The pictures on the way; the first and the last are reconstructions of the two images.</param>
/// <param name="Smoothness">See <see cref="InterpolationSmoothness"/>.</param>
public sealed record InterpolationResult(PixelImage From, PixelImage To, IReadOnlyList<PixelImage> Frames, double Smoothness);
