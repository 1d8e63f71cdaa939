namespace Underpaint.Data.Images;

/// <summary>An image of all its lines, as they come.</summary>
/// <param name="width">Width in pixels.</param>
/// <param name="height">Height in pixels.</param>
/// <param name="channels">1 or 3.</param>
/// <param name="byColumns">Whether the lines are columns.</param>
internal sealed class WholeImage(int width, int height, int channels, bool byColumns) : IImageMaker
{
    /// <inheritdoc/>
    public PixelImage Image { get; } = new(width, height, channels, new byte[width * height * channels]);

    /// <inheritdoc/>
    public void Take(int index, ReadOnlySpan<byte> line)
    {
        if (byColumns)
            PutColumn(index, line);
        else
            line.CopyTo(Image.Pixels.AsSpan(index * width * channels));
    }

    private void PutColumn(int x, ReadOnlySpan<byte> column)
    {
        for (int y = 0; y < height; y++)
        {
            for (int c = 0; c < channels; c++)
                Image.Pixels[(y * width + x) * channels + c] = column[y * channels + c];
        }
    }
}
