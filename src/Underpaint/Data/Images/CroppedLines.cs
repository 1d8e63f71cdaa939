namespace Underpaint.Data.Images;

/// <summary>Passes on what lies inside a rectangle, as if that were all of the image.</summary>
/// <param name="next">Takes it.</param>
/// <param name="box">The rectangle.</param>
/// <param name="channels">The image's channels.</param>
/// <param name="byColumns">Whether the lines are columns.</param>
internal sealed class CroppedLines(IImageMaker next, CropBox box, int channels, bool byColumns) : IImageMaker
{
    /// <inheritdoc/>
    public PixelImage Image => next.Image;

    /// <inheritdoc/>
    public void Take(int index, ReadOnlySpan<byte> line)
    {
        (int first, int lines, int start, int length) = byColumns
            ? (box.Left, box.Width, box.Top, box.Height)
            : (box.Top, box.Height, box.Left, box.Width);
        if (index >= first && index < first + lines)
            next.Take(index - first, line.Slice(start * channels, length * channels));
    }
}
