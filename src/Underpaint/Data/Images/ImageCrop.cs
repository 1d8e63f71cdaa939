namespace Underpaint.Data.Images;

/// <summary>Which part of an image a model sees.</summary>
public enum ImageCrop
{
    /// <summary>The largest square in the middle, whatever the image's size.</summary>
    Middle,

    /// <summary>
    /// The face in an image of aligned CelebA (178 × 218 pixels), as D2C and Diff-AE cut it out: 128 × 128 pixels from column 25
    /// and row 57 on. Images of the model's own size are taken as cut out already; those of any other size are refused.
    /// </summary>
    Celeba,
}
