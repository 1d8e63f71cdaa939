namespace Underpaint.Data.Images;

/// <summary>The colour channels of the images that a model sees.</summary>
public enum ColorMode
{
    /// <summary>Red, green and blue.</summary>
    Rgb,

    /// <summary>One channel: luma 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601).</summary>
    Grey,
}
