using Underpaint.Data.Images;

namespace Underpaint.Codes.Latents;

/// <summary>An image of the training set beside a new one.</summary>
/// <param name="File">Its name in its source.</param>
/// <param name="Distance">How far its code is from the new one: see <see cref="Probes.CodeNeighbor"/>.</param>
/// <param name="Image">The image as the model sees it; what its code decodes to where the images themselves were not given.</param>
public sealed record KnownImage(string File, double Distance, PixelImage Image);
