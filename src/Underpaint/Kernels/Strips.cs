namespace Underpaint.Kernels;

/// <summary>
/// The passes over an image go strip by strip, within a strip column by column, a column being 16 channels: their
/// coefficients stay in registers, and the strip in the fastest cache.
/// </summary>
internal static class Strips
{
    /// <summary>Pixels of a strip; few enough for sums in float32.</summary>
    public const int Height = 32;
}
