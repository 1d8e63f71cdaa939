namespace Underpaint.Kernels;

/// <summary>Which numbers of one image are dropped by one layer.</summary>
/// <param name="Share">The probability of being dropped; 0, the default, drops none.</param>
/// <param name="Key">Stands for the image and the layer; well mixed.</param>
internal readonly record struct ImageMask(double Share, ulong Key)
{
    /// <summary>Whether nothing is dropped.</summary>
    public bool KeepsAll => Share == 0;
}
