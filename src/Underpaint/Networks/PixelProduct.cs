using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>A convolution with kernel 1 and stride 1, as what it is: the product of every pixel's channels with one matrix.</summary>
internal static class PixelProduct
{
    // oneDNN 3.7.1 (libtorch 2.10) has a routine of its own for such convolutions, brgconv_1x1. With two threads and float32 it leaves
    // out part of the result for 80, 112, 320 or 512 outputs (AVX-512, Zen 5): a third of it missing, without an error.

    /// <summary>(N, inputs, H, W) → (N, outputs, H, W), both with channels last.</summary>
    /// <param name="x">The pixels.</param>
    /// <param name="weight">(outputs, inputs, 1, 1), of the same type.</param>
    /// <param name="bias">(outputs); default none.</param>
    public static Tensor Of(Tensor x, Tensor weight, Tensor? bias = null) =>
        OfRows(x.Pixels(), weight.flatten(1), bias).permute(0, 3, 1, 2);

    /// <summary>(…, inputs) → (…, outputs): libtorch adds a bias for nothing to a matrix, but not to more dimensions.</summary>
    /// <param name="x">Contiguous.</param>
    /// <param name="matrix">(outputs, inputs), of the same type.</param>
    /// <param name="bias">(outputs); default none.</param>
    public static Tensor OfRows(Tensor x, Tensor matrix, Tensor? bias = null) =>
        nn.functional.linear(x.flatten(0, -2), matrix, bias).unflatten(0, x.shape[..^1]);
}
