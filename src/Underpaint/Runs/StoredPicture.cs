using Underpaint.Data.Images;

namespace Underpaint.Runs;

/// <summary>A picture inside a <see cref="StoredEvaluation"/>.</summary>
/// <param name="Name">The image's name in its source.</param>
/// <param name="Channels">1 (grey) or 3 (RGB).</param>
/// <param name="Png">The file.</param>
internal sealed record StoredPicture(string Name, int Channels, byte[] Png)
{
    public static StoredPicture Of(string name, PixelImage image) => new(name, image.Channels, Reports.Png.Encode(image));

    /// <exception cref="FileFormatException">It is damaged.</exception>
    public PixelImage ToImage()
    {
        PixelImage image = ImageDecoder.Decode(Png, Name);
        // Grey pictures are decoded to three channels of the same value.
        return Channels == 1
            ? new(image.Width, image.Height, 1, [.. image.Pixels.Chunk(3).Select(pixel => pixel[0])])
            : image;
    }
}
