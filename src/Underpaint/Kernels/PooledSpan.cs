using System.Buffers;

namespace Underpaint.Kernels;

/// <summary>Borrowed memory; dispose of it to hand it back.</summary>
/// <typeparam name="T">What it holds.</typeparam>
/// <param name="length">How many; the content is arbitrary.</param>
internal readonly ref struct PooledSpan<T>(int length) : IDisposable
{
    private readonly T[] _array = ArrayPool<T>.Shared.Rent(length);

    /// <summary>The memory.</summary>
    public Span<T> Span => _array.AsSpan(0, length);

    /// <summary>Hands the memory back.</summary>
    public void Dispose() => ArrayPool<T>.Shared.Return(_array);
}
