using Underpaint.Data.Images;

namespace Underpaint.Runs;

/// <summary>The validation images as the model reconstructs them at one moment of a run.</summary>
/// <param name="Structure">The structure images: one network call each.</param>
/// <param name="Reconstructions">Decodes with the recipe's number of steps.</param>
internal sealed record ValidationPictures(IReadOnlyList<PixelImage> Structure, IReadOnlyList<PixelImage> Reconstructions);
