namespace Underpaint.Data.Images;

/// <summary>
/// A window of an image after resizing. Only the window is ever computed, so a very long image costs no more than a square one.
/// </summary>
/// <param name="FullWidth">The whole resized image's width.</param>
/// <param name="FullHeight">The whole resized image's height.</param>
/// <param name="Left">The window's first column in the resized image.</param>
/// <param name="Top">The window's first row in the resized image.</param>
/// <param name="Width">The window's width.</param>
/// <param name="Height">The window's height.</param>
internal readonly record struct ResizedWindow(long FullWidth, long FullHeight, long Left, long Top, int Width, int Height);
