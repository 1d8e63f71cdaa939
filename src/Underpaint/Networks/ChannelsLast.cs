using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// The layout of all activations: shaped (N, C, H, W), stored as N, H, W, C. Convolutions then need no copies into
/// layouts of their own, and our kernels find a pixel's channels side by side.
/// </summary>
internal static class ChannelsLast
{
    /// <summary>The tensor itself if it is stored so already, or a copy that is.</summary>
    public static Tensor ToChannelsLast(this Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    /// <summary>(N, C, H, W) stored so → (N, H, W, C), contiguous, the same memory.</summary>
    public static Tensor Pixels(this Tensor x) => x.permute(0, 2, 3, 1);
}
