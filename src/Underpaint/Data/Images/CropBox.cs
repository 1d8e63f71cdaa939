namespace Underpaint.Data.Images;

/// <summary>A rectangle of an image.</summary>
/// <param name="Left">Its first column.</param>
/// <param name="Top">Its first row.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
internal readonly record struct CropBox(int Left, int Top, int Width, int Height);
