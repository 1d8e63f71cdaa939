using Underpaint.Data.Images;

namespace Underpaint.Reports;

/// <summary>A square part of a picture, in shares of its sides, so that it is the same part at every size.</summary>
/// <param name="Left">Where it begins, 0 … 1.</param>
/// <param name="Top">Where it begins, 0 … 1.</param>
/// <param name="Share">How much of each side it takes, above 0 … 1.</param>
internal sealed record PictureCrop(double Left, double Top, double Share)
{
    // Enough pixels to see something in them.
    private const int FewestPixels = 16;
    private const int Places = 8;

    /// <summary>The part in which neighbouring pixels differ most: a quarter of the sides, of small images more.</summary>
    /// <param name="image">The original, so that no reconstruction has a say in it.</param>
    public static PictureCrop OfMostDetail(PixelImage image)
    {
        double share = Math.Clamp((double)FewestPixels / Math.Min(image.Width, image.Height), 0.25, 1);
        return Enumerable.Range(0, (Places + 1) * (Places + 1))
            .Select(place => new PictureCrop((1 - share) * (place % (Places + 1)) / Places, (1 - share) * (place / (Places + 1)) / Places, share))
            .MaxBy(crop => DetailOf(crop.Of(image)))!;
    }

    /// <summary>Cuts the part out.</summary>
    /// <param name="image">A picture of any size.</param>
    public PixelImage Of(PixelImage image)
    {
        int width = Math.Max(1, (int)(Share * image.Width)), height = Math.Max(1, (int)(Share * image.Height));
        int left = Math.Min((int)(Left * image.Width), image.Width - width), top = Math.Min((int)(Top * image.Height), image.Height - height);
        var pixels = new byte[width * height * image.Channels];
        for (int y = 0; y < height; y++)
        {
            int from = ((top + y) * image.Width + left) * image.Channels;
            image.Pixels.AsSpan(from, width * image.Channels).CopyTo(pixels.AsSpan(y * width * image.Channels));
        }
        return new(width, height, image.Channels, pixels);
    }

    private static long DetailOf(PixelImage part)
    {
        long sum = 0;
        int row = part.Width * part.Channels;
        for (int i = row + part.Channels; i < part.Pixels.Length; i++)
        {
            if (i % row >= part.Channels)
                sum += Math.Abs(part.Pixels[i] - part.Pixels[i - part.Channels]) + Math.Abs(part.Pixels[i] - part.Pixels[i - row]);
        }
        return sum;
    }
}
