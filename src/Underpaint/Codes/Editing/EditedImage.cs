using Underpaint.Data.Images;

namespace Underpaint.Codes.Editing;

/// <summary>An image, and what became of it.</summary>
/// <param name="Name">The image's name in its source.</param>
/// <param name="Original">The image as the model sees it.</param>
/// <param name="Pictures">A picture for each of <see cref="EditOptions.Multiples"/>.</param>
public sealed record EditedImage(string Name, PixelImage Original, IReadOnlyList<PixelImage> Pictures);
