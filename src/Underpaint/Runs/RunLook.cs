using Underpaint.Data.Images;

namespace Underpaint.Runs;

/// <summary>A run's validation images at one moment, as its folder keeps them.</summary>
/// <param name="ImagesSeen">When.</param>
/// <param name="Originals">The images.</param>
/// <param name="Pictures">What the model made of them.</param>
internal sealed record RunLook(long ImagesSeen, IReadOnlyList<PixelImage> Originals, ValidationPictures Pictures);
