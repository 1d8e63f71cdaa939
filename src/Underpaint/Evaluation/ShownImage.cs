using Underpaint.Data.Images;

namespace Underpaint.Evaluation;

/// <summary>An image whose reconstructions a comparison shows.</summary>
/// <param name="Name">Its name in its source.</param>
/// <param name="Image">The image as the models see it.</param>
public sealed record ShownImage(string Name, PixelImage Image);
