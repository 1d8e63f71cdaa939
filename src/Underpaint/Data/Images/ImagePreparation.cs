namespace Underpaint.Data.Images;

/// <summary>
/// What happens to every image before a model sees it: colour mode, short side to the model's size, centre crop; of aligned
/// CelebA the face is cut out first, where that is wanted. Sizes are rounded as torchvision's <c>Resize</c> and <c>CenterCrop</c> do.
/// </summary>
public static class ImagePreparation
{
    private static readonly ImageSize Celeba = new(178, 218);

    // D2C's figures: 64 pixels to each side of row 121 and column 89.
    private static readonly CropBox CelebaFace = new(Left: 25, Top: 57, Width: 128, Height: 128);

    /// <summary>The image as the model sees it; the same object when nothing needs to be done.</summary>
    /// <param name="image">Any size, grey or RGB.</param>
    /// <param name="options">Size, colour and crop; flipping is not done here.</param>
    /// <param name="name">What errors call the image. Default "The image".</param>
    /// <returns>A square of <see cref="DataOptions.Size"/> pixels a side, with <see cref="DataOptions.Channels"/> channels.</returns>
    /// <exception cref="FileFormatException">The crop is not one for images of this size.</exception>
    public static PixelImage Prepare(PixelImage image, DataOptions options, string name = "The image")
    {
        if (image.Width == options.Size && image.Height == options.Size && image.Channels == options.Channels)
            return image;
        IImageMaker prepared = Lines(image.Width, image.Height, image.Channels, byColumns: false, options, name);
        int rowBytes = image.Width * image.Channels;
        for (int y = 0; y < image.Height; y++)
            prepared.Take(y, image.Pixels.AsSpan(y * rowBytes, rowBytes));
        return prepared.Image;
    }

    /// <summary>The same for an image that comes line by line, and is never held in memory as a whole.</summary>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="channels">1 (grey) or 3 (RGB).</param>
    /// <param name="byColumns">Whether the lines are columns.</param>
    /// <param name="options">Size, colour and crop.</param>
    /// <param name="name">What errors call the image.</param>
    /// <exception cref="FileFormatException">The crop is not one for images of this size.</exception>
    internal static IImageMaker Lines(int width, int height, int channels, bool byColumns, DataOptions options, string name)
    {
        if (options.Crop == ImageCrop.Middle || (width, height) == (options.Size, options.Size))
            return Lines(width, height, channels, byColumns, options);
        if (new ImageSize(width, height) != Celeba)
            throw new FileFormatException(name,
                $"is {width} × {height} pixels, and the recipe's crop of aligned CelebA is for {Celeba.Width} × {Celeba.Height} "
                + $"(or for faces that are cut out already, {options.Size} × {options.Size})",
                "Name the aligned images as they were published, or use a recipe with \"crop\": \"middle\".");
        return new CroppedLines(Lines(CelebaFace.Width, CelebaFace.Height, channels, byColumns, options), CelebaFace, channels, byColumns);
    }

    private static IImageMaker Lines(int width, int height, int channels, bool byColumns, DataOptions options)
    {
        IImageMaker sized = width == options.Size && height == options.Size
            ? new WholeImage(width, height, options.Channels, byColumns)
            : new ResizedImage(width, height, options.Channels, byColumns, Window(width, height, options.Size));
        return channels == options.Channels ? sized : new RecoloredLines(sized, channels);
    }

    private static ResizedWindow Window(int width, int height, int size)
    {
        int shortSide = Math.Min(width, height);
        long fullWidth = (long)size * width / shortSide, fullHeight = (long)size * height / shortSide;
        return new(fullWidth, fullHeight, Margin(fullWidth, size), Margin(fullHeight, size), size, size);
    }

    // Halves go to the even neighbour, as in Python.
    private static long Margin(long full, int size) => (long)Math.Round((full - size) / 2.0, MidpointRounding.ToEven);
}
