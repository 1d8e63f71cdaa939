using Underpaint.Data.Images;

namespace Underpaint.Evaluation;

/// <summary>One image, and what a model makes of its code; all three pictures have the model's size.</summary>
/// <param name="Name">The image's name in its source.</param>
/// <param name="Original">The image as the model sees it.</param>
/// <param name="StructureImage">What one network call at the highest noise gives.</param>
/// <param name="Image">The reconstruction.</param>
public sealed record Reconstruction(string Name, PixelImage Original, PixelImage StructureImage, PixelImage Image);
