using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>The memory of tensors on the CPU, for our kernels. Valid as long as the tensor.</summary>
internal static class TensorMemory
{
    /// <summary>The numbers of a contiguous tensor.</summary>
    public static Span<T> Memory<T>(this Tensor x) where T : unmanaged => MemoryMarshal.Cast<byte, T>(x.bytes);

    /// <summary>The numbers of a contiguous float32 tensor.</summary>
    public static Span<float> Floats(this Tensor x) => x.Memory<float>();

    /// <summary>The numbers of a tensor with channels last: images × pixels × channels.</summary>
    public static Span<T> Elements<T>(this Tensor x) where T : unmanaged => x.Pixels().Memory<T>();
}
