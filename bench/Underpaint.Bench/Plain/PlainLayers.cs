using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Underpaint.Bench.Plain;

/// <summary>TorchSharp's own layers, with the settings that the network needs.</summary>
internal static class PlainLayers
{
    public static Conv2d Convolution(int inputs, int outputs, int kernel = 3) => nn.Conv2d(inputs, outputs, kernel, padding: kernel / 2);

    public static Conv2d ZeroConvolution(int inputs, int outputs)
    {
        Conv2d convolution = Convolution(inputs, outputs);
        nn.init.zeros_(convolution.weight);
        nn.init.zeros_(convolution.bias!);
        return convolution;
    }

    /// <summary>TorchSharp 0.107 leaves the weights of this layer uninitialised.</summary>
    public static GroupNorm Norm(int groups, int channels)
    {
        GroupNorm norm = nn.GroupNorm(Math.Min(groups, channels), channels);
        nn.init.ones_(norm.weight);
        nn.init.zeros_(norm.bias!);
        return norm;
    }

    public static Tensor Resample(Tensor x, PlainResampling resampling) => resampling switch
    {
        PlainResampling.Halve => nn.functional.avg_pool2d(x, 2),
        PlainResampling.Double => nn.functional.interpolate(x, scale_factor: [2, 2]),
        _ => x,
    };
}
