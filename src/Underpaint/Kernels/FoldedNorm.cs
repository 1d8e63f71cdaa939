namespace Underpaint.Kernels;

/// <summary>
/// The normalisation of one image, folded into a product and a sum per channel:
/// x̂ = <see cref="Scale"/> · x + <see cref="Shift"/> and z = <see cref="Gain"/> · x + <see cref="Offset"/>.
/// </summary>
/// <param name="memory">Room for <see cref="Length"/> numbers.</param>
/// <param name="columns">The length of each of the four tables: the channels, rounded up to whole vectors.</param>
internal readonly ref struct FoldedNorm(Span<float> memory, int columns)
{
    private readonly Span<float> _memory = memory;

    /// <summary>Normalised to mean 0 and variance 1: the factors.</summary>
    public Span<float> Scale => _memory.Slice(0, columns);

    /// <summary>Normalised to mean 0 and variance 1: the terms.</summary>
    public Span<float> Shift => _memory.Slice(columns, columns);

    /// <summary>Normalised and made affine: the factors.</summary>
    public Span<float> Gain => _memory.Slice(2 * columns, columns);

    /// <summary>Normalised and made affine: the terms.</summary>
    public Span<float> Offset => _memory.Slice(3 * columns, columns);

    /// <summary>The memory that the tables of a shape need.</summary>
    public static int Length(NormShape shape) => 4 * shape.Columns;

    /// <summary>Fills the tables; columns that are no channel get zeros.</summary>
    /// <param name="shape">The image's shape.</param>
    /// <param name="means">The image's means, one per group.</param>
    /// <param name="scales">The image's 1 / standard deviation, one per group.</param>
    /// <param name="layer">What is done next.</param>
    public void Fold(NormShape shape, ReadOnlySpan<float> means, ReadOnlySpan<float> scales, ImageLayer layer)
    {
        _memory.Clear();
        for (int group = 0; group < shape.Groups; group++)
        {
            (double mean, float scale) = (means[group], scales[group]);
            for (int channel = group * shape.GroupChannels; channel < (group + 1) * shape.GroupChannels; channel++)
            {
                Scale[channel] = scale;
                Shift[channel] = (float)(-mean * scale);
                // The term follows the factor as it is rounded: around the mean the errors of the two cancel.
                Gain[channel] = layer.Gain[channel] * scale;
                Offset[channel] = (float)(layer.Offset[channel] - mean * Gain[channel]);
            }
        }
    }
}
