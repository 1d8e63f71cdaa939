using Underpaint.Data.Images;

namespace Underpaint.Codes;

/// <summary>What a model makes of a code.</summary>
/// <param name="File">The name of the image that the code is of.</param>
/// <param name="Image">The picture.</param>
public sealed record DecodedImage(string File, PixelImage Image);
