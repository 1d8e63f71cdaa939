namespace Underpaint.Data;

/// <summary>
/// What happens to every image before a model sees it: colour mode, short side to the model's size, centre crop. Sizes are
/// rounded as torchvision's <c>Resize</c> and <c>CenterCrop</c> do.
/// </summary>
public static class ImagePreparation
{
    /// <summary>The image as the model sees it; the same object when nothing needs to be done.</summary>
    /// <param name="image">Any size, grey or RGB.</param>
    /// <param name="options">Size and colour; flipping is not done here.</param>
    /// <returns>A square of <see cref="DataOptions.Size"/> pixels a side, with <see cref="DataOptions.Channels"/> channels.</returns>
    public static PixelImage Prepare(PixelImage image, DataOptions options)
    {
        PixelImage colored = options.Color == ColorMode.Grey ? ToGrey(image) : ToRgb(image);
        int size = options.Size, shortSide = Math.Min(image.Width, image.Height);
        if (image.Width == size && image.Height == size)
            return colored;
        long width = (long)size * image.Width / shortSide;
        long height = (long)size * image.Height / shortSide;
        return Resampling.ResizedWindow(colored, width, height, Margin(width, size), Margin(height, size), size, size);
    }

    // Halves go to the even neighbour, as in Python.
    private static long Margin(long full, int size) => (long)Math.Round((full - size) / 2.0, MidpointRounding.ToEven);

    private static PixelImage ToRgb(PixelImage image)
    {
        if (image.Channels == 3)
            return image;
        var pixels = new byte[image.Pixels.Length * 3];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = image.Pixels[i / 3];
        return new PixelImage(image.Width, image.Height, 3, pixels);
    }

    /// <summary>Luma in 16-bit fixed point, with the same numbers as Pillow's mode L.</summary>
    private static PixelImage ToGrey(PixelImage image)
    {
        if (image.Channels == 1)
            return image;
        var pixels = new byte[image.Width * image.Height];
        for (int i = 0; i < pixels.Length; i++)
        {
            ReadOnlySpan<byte> rgb = image.Pixels.AsSpan(i * 3, 3);
            pixels[i] = (byte)((rgb[0] * 19595 + rgb[1] * 38470 + rgb[2] * 7471 + 0x8000) >> 16);
        }
        return new PixelImage(image.Width, image.Height, 1, pixels);
    }
}
