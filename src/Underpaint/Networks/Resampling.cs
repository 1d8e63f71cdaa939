using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>What a residual block does to the resolution.</summary>
internal enum Resampling
{
    Keep,
    Halve,
    Double,
}

/// <summary>Diff-AE's resampling: 2 × 2 average pooling down, nearest neighbour up; neither has weights.</summary>
internal static class ResamplingMaths
{
    public static Tensor Apply(this Resampling resampling, Tensor x) => resampling switch
    {
        Resampling.Halve => nn.functional.avg_pool2d(x, [2, 2]),
        Resampling.Double => nn.functional.upsample_nearest2d(x, scaleFactors: [2, 2]),
        _ => x,
    };
}
