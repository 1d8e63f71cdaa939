using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>The memory of tensors on the CPU, for our kernels. Valid as long as the tensor.</summary>
internal static class TensorMemory
{
    /// <summary>The most numbers that a kernel takes at once: with room to count past them.</summary>
    public const int Most = 1 << 30;

    /// <summary>The numbers of a contiguous tensor, at most <see cref="Most"/>.</summary>
    /// <exception cref="UnderpaintException">It has more.</exception>
    public static Span<T> Memory<T>(this Tensor x) where T : unmanaged
    {
        long count = x.NumberOfElements;
        if (count * Unsafe.SizeOf<T>() <= int.MaxValue)
            return MemoryMarshal.Cast<byte, T>(x.bytes);
        if (count > Most)
        {
            throw new UnderpaintException($"{count:N0} numbers would have to be computed at once, and {Most:N0} are the most that can be.",
                "Use a smaller optimizer.batch, a smaller model or smaller images.");
        }
        // TorchSharp counts the bytes of a tensor in 32 bits, so it is asked for those of the first number only.
        using Tensor flat = x.view(-1), first = flat.narrow(0, 0, 1);
        return MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, T>(first.bytes)), (int)count);
    }

    /// <summary>The numbers of a contiguous float32 tensor.</summary>
    public static Span<float> Floats(this Tensor x) => x.Memory<float>();

    /// <summary>The numbers of a tensor with channels last: images × pixels × channels.</summary>
    public static Span<T> Elements<T>(this Tensor x) where T : unmanaged => x.Pixels().Memory<T>();
}
