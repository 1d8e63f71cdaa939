using Underpaint.Data.Images;

namespace Underpaint.Evaluation;

/// <summary>A few images, and what a model makes of their codes; all pictures have the model's size.</summary>
/// <param name="Names">The images' names in their source.</param>
/// <param name="Originals">The images as the model sees them.</param>
/// <param name="Pictures">For each way of decoding, the reconstructions in the order of the originals.</param>
public sealed record ReconstructedBatch(
    IReadOnlyList<string> Names, IReadOnlyList<PixelImage> Originals, IReadOnlyList<IReadOnlyList<PixelImage>> Pictures);
