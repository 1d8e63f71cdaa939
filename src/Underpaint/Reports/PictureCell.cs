using Underpaint.Data.Images;

namespace Underpaint.Reports;

/// <summary>One picture of a <see cref="PictureGrid"/>.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Caption">One short line under it, such as "21.3 dB"; none by default.</param>
public sealed record PictureCell(PixelImage Image, string? Caption = null);
