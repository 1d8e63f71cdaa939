namespace Underpaint.Kernels;

/// <summary>
/// The gradient through the normalisation of one image, folded into three numbers per channel:
/// dx = gain · dz + <see cref="Slope"/> · x + <see cref="Term"/>, with the gain of <see cref="FoldedNorm"/>.
/// </summary>
/// <param name="memory">Room for <see cref="Length"/> numbers.</param>
/// <param name="columns">The channels, rounded up to whole vectors.</param>
internal readonly ref struct FoldedGradient(Span<float> memory, int columns)
{
    private readonly Span<float> _memory = memory;

    /// <summary>What x is multiplied by: a change of x changes the deviation that it is divided by.</summary>
    public Span<float> Slope => _memory.Slice(0, columns);

    /// <summary>What is added: a change of x changes the mean that is subtracted.</summary>
    public Span<float> Term => _memory.Slice(columns, columns);

    /// <summary>The memory that the tables of a shape need.</summary>
    public static int Length(NormShape shape) => 2 * shape.Columns;

    /// <summary>Fills the tables; columns that are no channel get zeros.</summary>
    /// <param name="shape">The image's shape.</param>
    /// <param name="norm">The normalisation.</param>
    /// <param name="gain">The factors after it, one per channel.</param>
    /// <param name="sums">Of the whole image.</param>
    public void Fold(NormShape shape, FoldedNorm norm, ReadOnlySpan<float> gain, ChannelSums sums)
    {
        _memory.Clear();
        for (int first = 0; first < shape.Channels; first += shape.GroupChannels)
        {
            int end = first + shape.GroupChannels;
            double gradient = 0, moment = 0;
            for (int channel = first; channel < end; channel++)
            {
                gradient += gain[channel] * sums.Gradients[channel];
                moment += gain[channel] * sums.Moments[channel];
            }

            // dx = scale (gain dz − mean(gain dz) − x̂ mean(gain dz x̂)), with x̂ = scale · x + shift.
            double perNumber = norm.Scale[first] / ((double)shape.Pixels * shape.GroupChannels);
            double slope = -moment * perNumber;
            float slopeOfX = (float)(slope * norm.Scale[first]), term = (float)(slope * norm.Shift[first] - gradient * perNumber);
            Slope[first..end].Fill(slopeOfX);
            Term[first..end].Fill(term);
        }
    }
}
