using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>What a residual block does to the resolution.</summary>
internal enum Resampling
{
    Keep,
    Halve,
    Double,
}

/// <summary>Diff-AE's resampling: 2 × 2 average pooling down, nearest neighbour up; neither has weights. On the CPU by <see cref="PixelBlocks"/>.</summary>
internal static class ResamplingMaths
{
    public static Value Apply(this Resampling resampling, Tape tape, Value x)
    {
        if (resampling == Resampling.Keep)
            return x;
        if (!OwnKernels.Fit(x.Data) || HasPartialBlocks(resampling, x.Data))
            return tape.Apply(inputs => resampling.Apply(inputs[0]), x);
        return x.Data.dtype == ScalarType.BFloat16 ? Apply<BFloat16Element>(resampling, tape, x) : Apply<Float32Element>(resampling, tape, x);
    }

    // Of an odd number of rows or columns the last one is left out, which libtorch does; judges of 28 × 28 pixels come to 7 × 7.
    private static bool HasPartialBlocks(Resampling resampling, Tensor x) =>
        resampling == Resampling.Halve && (x.size(2) % 2 != 0 || x.size(3) % 2 != 0);

    private static Tensor Apply(this Resampling resampling, Tensor x) => resampling == Resampling.Halve
        ? nn.functional.avg_pool2d(x, [2, 2])
        : nn.functional.upsample_nearest2d(x, scaleFactors: [2, 2]);

    private static Value Apply<T>(Resampling resampling, Tape tape, Value x) where T : unmanaged, IElement<T>
    {
        Tensor input = x.Data.detach().ToChannelsLast();
        return resampling == Resampling.Halve
            ? tape.Push(Merged<T>(input, factor: 0.25f), gradient => x.AddGradient(Spread<T>(gradient.ToChannelsLast(), factor: 0.25f)))
            : tape.Push(Spread<T>(input, factor: 1), gradient => x.AddGradient(Merged<T>(gradient.ToChannelsLast(), factor: 1)));
    }

    private static Tensor Merged<T>(Tensor fine, float factor) where T : unmanaged, IElement<T>
    {
        Tensor coarse = Empty(fine, fine.size(2) / 2, fine.size(3) / 2);
        PixelBlocks.Merge<T>(fine.Elements<T>(), coarse.Elements<T>(), (int)coarse.size(3), (int)coarse.size(1), factor);
        return coarse;
    }

    private static Tensor Spread<T>(Tensor coarse, float factor) where T : unmanaged, IElement<T>
    {
        Tensor fine = Empty(coarse, coarse.size(2) * 2, coarse.size(3) * 2);
        PixelBlocks.Spread<T>(coarse.Elements<T>(), fine.Elements<T>(), (int)coarse.size(3), (int)coarse.size(1), factor);
        return fine;
    }

    private static Tensor Empty(Tensor like, long height, long width) =>
        empty([like.size(0), height, width, like.size(1)], dtype: like.dtype).permute(0, 3, 1, 2);
}
