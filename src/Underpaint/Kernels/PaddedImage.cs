namespace Underpaint.Kernels;

/// <summary>
/// A float32 copy of an image whose pixels are not whole vectors, each pixel followed by zeros up to whole vectors. Dispose of
/// it to hand its memory back.
/// </summary>
/// <typeparam name="T">How the image stores its numbers.</typeparam>
internal readonly ref struct PaddedImage<T> : IDisposable
    where T : unmanaged, IElement<T>
{
    private readonly NormShape _shape;
    private readonly PooledSpan<Float32Element> _memory;

    /// <summary>Copies an image.</summary>
    /// <param name="shape">The image's shape.</param>
    /// <param name="image">Pixels × channels.</param>
    public PaddedImage(NormShape shape, ReadOnlySpan<T> image)
    {
        _shape = shape;
        _memory = new(shape.PaddedLength);
        Elements.Clear();
        for (int pixel = 0; pixel < shape.Pixels; pixel++)
        {
            ReadOnlySpan<T> from = image.Slice(pixel * shape.Channels, shape.Channels);
            Span<Float32Element> to = Elements.Slice(pixel * shape.Columns, shape.Channels);
            for (int channel = 0; channel < from.Length; channel++)
                to[channel] = new(T.ToSingle(from[channel]));
        }
    }

    /// <summary>Pixels × columns.</summary>
    public Span<Float32Element> Elements => _memory.Span;

    /// <summary>Copies the image back, without the zeros.</summary>
    /// <param name="image">Pixels × channels.</param>
    public void CopyTo(Span<T> image)
    {
        for (int pixel = 0; pixel < _shape.Pixels; pixel++)
        {
            ReadOnlySpan<Float32Element> from = Elements.Slice(pixel * _shape.Columns, _shape.Channels);
            Span<T> to = image.Slice(pixel * _shape.Channels, _shape.Channels);
            for (int channel = 0; channel < to.Length; channel++)
                to[channel] = T.FromSingle(from[channel].Value);
        }
    }

    /// <summary>Hands the memory back.</summary>
    public void Dispose() => _memory.Dispose();
}
