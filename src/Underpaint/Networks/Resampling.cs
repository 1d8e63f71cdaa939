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
    public static Value Apply(this Resampling resampling, Tape tape, Value x) => resampling switch
    {
        Resampling.Halve => tape.Apply(inputs => nn.functional.avg_pool2d(inputs[0], [2, 2]), x),
        Resampling.Double => tape.Apply(inputs => nn.functional.upsample_nearest2d(inputs[0], scaleFactors: [2, 2]), x),
        _ => x,
    };
}
