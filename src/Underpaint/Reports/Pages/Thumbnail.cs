using SkiaSharp;
using Underpaint.Data.Images;

namespace Underpaint.Reports.Pages;

/// <summary>Pictures inside a page.</summary>
internal static class Thumbnail
{
    // Pictures above this size are stored with a small loss: a page of a hundred of them stays within a few megabytes.
    private const int LargestExact = 128;
    private const int LargestStored = 256;

    /// <summary>
    /// An image about <paramref name="side"/> units wide and high. Up to half of that it is enlarged by a whole factor with hard pixel
    /// edges; larger ones are scaled smoothly.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="side">Units on the page of its larger side.</param>
    /// <param name="description">What is said of it to those who do not see it.</param>
    public static Html Of(PixelImage image, int side, string description)
    {
        int largest = Math.Max(image.Width, image.Height);
        bool pixelated = largest <= side / 2;
        double factor = pixelated ? side / largest : (double)side / largest;
        (int width, int height) = (Scaled(image.Width, factor), Scaled(image.Height, factor));
        string scaling = pixelated ? "pixels" : "smooth";
        return Html.Of($"""
            <img class="{scaling}" width="{width}" height="{height}" alt="{description}" src="{SourceOf(image, largest)}">
            """);
    }

    /// <summary>A file as an address that holds the file itself.</summary>
    public static Html DataAddress(string mediaType, byte[] file) =>
        Html.Trusted($"data:{mediaType};base64,{Convert.ToBase64String(file)}");

    private static Html SourceOf(PixelImage image, int largest)
    {
        if (largest <= LargestExact)
            return DataAddress("image/png", Png.Encode(image));
        double factor = Math.Min(1, (double)LargestStored / largest);
        using SKBitmap exact = Png.ToBitmap(image);
        using SKBitmap smaller = exact.Resize(
            new SKSizeI(Scaled(image.Width, factor), Scaled(image.Height, factor)),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using SKData file = smaller.Encode(SKEncodedImageFormat.Webp, quality: 90);
        return DataAddress("image/webp", file.ToArray());
    }

    private static int Scaled(int length, double factor) => Math.Max(1, (int)Math.Round(length * factor));
}
