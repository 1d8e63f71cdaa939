namespace Underpaint.Data.Images;

/// <summary>Makes an image of the lines that it takes.</summary>
internal interface IImageMaker : ILineTaker
{
    /// <summary>The image; complete after the last line.</summary>
    PixelImage Image { get; }
}
