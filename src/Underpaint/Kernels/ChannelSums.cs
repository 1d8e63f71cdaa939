using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>What the backward pass sums over the pixels of one image, for each channel.</summary>
/// <param name="memory">Room for <see cref="Length"/> numbers.</param>
/// <param name="columns">The channels, rounded up to whole vectors.</param>
internal readonly ref struct ChannelSums(Span<double> memory, int columns)
{
    private readonly Span<double> _memory = memory;

    /// <summary>Σ dz.</summary>
    public Span<double> Gradients => _memory.Slice(0, columns);

    /// <summary>Σ dz · x̂.</summary>
    public Span<double> Moments => _memory.Slice(columns, columns);

    /// <summary>The memory that the sums of a shape need.</summary>
    public static int Length(NormShape shape) => 2 * shape.Columns;

    /// <summary>Starts from zero.</summary>
    public void Clear() => _memory.Clear();

    /// <summary>Adds a strip's sums for 16 channels from <paramref name="column"/> on.</summary>
    public void Add(int column, Vector512<float> gradient, Vector512<float> moment)
    {
        Add(Gradients.Slice(column, Vector512<float>.Count), gradient);
        Add(Moments.Slice(column, Vector512<float>.Count), moment);
    }

    private static void Add(Span<double> sums, Vector512<float> values)
    {
        ref double start = ref MemoryMarshal.GetReference(sums);
        nuint half = (nuint)Vector512<double>.Count;
        (Vector512.LoadUnsafe(ref start) + Vector512.WidenLower(values)).StoreUnsafe(ref start);
        (Vector512.LoadUnsafe(ref start, half) + Vector512.WidenUpper(values)).StoreUnsafe(ref start, half);
    }
}
