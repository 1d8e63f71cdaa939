using System.Runtime.InteropServices;
using TorchSharp;
using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// Group normalisation, an affine map per channel, SiLU and dropout: on the CPU in one kernel of ours that passes over
/// memory once (<see cref="FusedNorm"/>), elsewhere with libtorch's operations.
/// </summary>
internal static class Normalization
{
    /// <summary>norm(x) · gain + offset, then SiLU and dropout if asked for: (N, C, H, W) → (N, C, H, W).</summary>
    /// <param name="tape">Remembers it.</param>
    /// <param name="x">(N, C, H, W), float32 or bfloat16.</param>
    /// <param name="affine">Gain and offset: (2, 1, C), or (2, N, C) for each image its own; float32.</param>
    /// <param name="groups">Groups of channels that share mean and variance.</param>
    /// <param name="silu">Whether SiLU follows.</param>
    /// <param name="dropout">What is dropped; null drops nothing.</param>
    public static Value Apply(Tape tape, Value x, Value affine, int groups, bool silu, Dropout? dropout = null)
    {
        DropoutMask mask = dropout?.Next() ?? default;
        if (x.Data.device_type != DeviceType.CPU)
            return tape.Apply(inputs => Unfused(inputs[0], inputs[1], groups, silu, mask), x, affine);
        return x.Data.dtype == ScalarType.BFloat16
            ? Fused<BFloat16Element>(tape, x, affine, groups, silu, mask)
            : Fused<Float32Element>(tape, x, affine, groups, silu, mask);
    }

    private static Value Fused<T>(Tape tape, Value x, Value affine, int groups, bool silu, DropoutMask mask)
        where T : unmanaged, IElement<T>
    {
        Tensor input = x.Data.detach().ToChannelsLast();
        var shape = new NormShape((int)input.size(0), (int)(input.size(2) * input.size(3)), (int)input.size(1), groups);
        var (means, scales) = (new float[shape.Images * groups], new float[shape.Images * groups]);
        Tensor output = empty_like(input);
        FusedNorm.Forward(shape, Elements<T>(input), Elements<T>(output), Row(affine.Data, 0), Row(affine.Data, 1), silu, mask, means, scales);

        return tape.Push(output, Backward, input);

        void Backward(Tensor arrived)
        {
            Tensor gradient = arrived.ToChannelsLast(), affineGradient = zeros_like(affine.Data);
            Tensor result = x.Gradient is { } before ? before.clone().ToChannelsLast() : empty_like(input);
            FusedNorm.Backward(shape, Elements<T>(input), Elements<T>(gradient), Elements<T>(result), accumulate: x.Gradient is not null,
                Row(affine.Data, 0), Row(affine.Data, 1), silu, mask, means, scales, Row(affineGradient, 0), Row(affineGradient, 1));
            x.ReplaceGradient(result);
            affine.AddGradient(affineGradient);
        }
    }

    internal static Tensor Unfused(Tensor x, Tensor affine, int groups, bool silu, DropoutMask mask)
    {
        Tensor gain = affine[0].unsqueeze(2).unsqueeze(3), offset = affine[1].unsqueeze(2).unsqueeze(3);
        Tensor h = addcmul(offset, nn.functional.group_norm(x, groups), gain, 1).to(x.dtype);
        if (silu)
            h = nn.functional.silu(h);
        if (mask.Share > 0)
            h *= Keep(h, mask);
        return h;
    }

    // Another stream of random numbers than the kernel's, from the same keys: results are promised on one device only.
    private static Tensor Keep(Tensor h, DropoutMask mask)
    {
        ulong seed = mask.Keys.Span[0] + mask.Layer;
        using var generator = new Generator(seed, h.device);
        return empty_like(h).bernoulli_(1 - mask.Share, generator).div_(1 - mask.Share);
    }

    private static Span<T> Elements<T>(Tensor channelsLast) where T : unmanaged => MemoryMarshal.Cast<byte, T>(channelsLast.Pixels().bytes);

    private static Span<float> Row(Tensor affine, int row)
    {
        Span<float> all = MemoryMarshal.Cast<byte, float>(affine.bytes);
        return all.Slice(row * all.Length / 2, all.Length / 2);
    }
}
