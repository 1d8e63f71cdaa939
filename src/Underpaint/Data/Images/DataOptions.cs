namespace Underpaint.Data.Images;

/// <summary>How images are prepared for a model: the recipe's <c>data</c> section.</summary>
public sealed record DataOptions
{
    /// <summary>Width and height that every image is resized and cropped to, in pixels. Default 32.</summary>
    public int Size { get; init; } = 32;

    /// <summary>Whether the model sees three colour channels or one grey. Default RGB.</summary>
    public ColorMode Color { get; init; } = ColorMode.Rgb;

    /// <summary>Which part of each image it sees. Default the middle.</summary>
    public ImageCrop Crop { get; init; } = ImageCrop.Middle;

    /// <summary>Whether training mirrors every second image, at random, left to right. Default true.</summary>
    public bool Flip { get; init; } = true;

    /// <summary>1 or 3, by <see cref="Color"/>.</summary>
    public int Channels => Color == ColorMode.Grey ? 1 : 3;
}
