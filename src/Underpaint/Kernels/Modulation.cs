namespace Underpaint.Kernels;

/// <summary>
/// The affine maps that follow a normalisation, as one: first the norm's own, (gain, offset), then the time's,
/// (1 + scale) h + shift, and then the code's, (1 + strength) h. For each image and channel the product is again one gain and one offset.
/// </summary>
internal static class Modulation
{
    /// <summary>Works out the joint gains and offsets.</summary>
    /// <param name="gain">The norm's gains, channels.</param>
    /// <param name="offset">The norm's offsets, channels.</param>
    /// <param name="rows">For each image: scales, shifts and strengths, 3 × channels.</param>
    /// <param name="gains">Written: images × channels.</param>
    /// <param name="offsets">Written: images × channels.</param>
    public static void Forward(
        ReadOnlySpan<float> gain, ReadOnlySpan<float> offset, ReadOnlySpan<float> rows, Span<float> gains, Span<float> offsets)
    {
        int channels = gain.Length;
        for (int image = 0; image * channels < gains.Length; image++)
        {
            var row = new Row(rows, image, channels);
            for (int c = 0; c < channels; c++)
            {
                float scale = 1 + row.Scales[c], strength = 1 + row.Strengths[c];
                gains[image * channels + c] = gain[c] * scale * strength;
                offsets[image * channels + c] = (offset[c] * scale + row.Shifts[c]) * strength;
            }
        }
    }

    /// <summary>Carries the gradients of the joint gains and offsets back.</summary>
    /// <param name="gain">As in <see cref="Forward"/>.</param>
    /// <param name="offset">As in <see cref="Forward"/>.</param>
    /// <param name="rows">As in <see cref="Forward"/>.</param>
    /// <param name="gainsGradient">Images × channels.</param>
    /// <param name="offsetsGradient">Images × channels.</param>
    /// <param name="gainGradient">Added to: channels.</param>
    /// <param name="offsetGradient">Added to: channels.</param>
    /// <param name="rowsGradient">Written: images × 3 × channels.</param>
    public static void Backward(
        ReadOnlySpan<float> gain, ReadOnlySpan<float> offset, ReadOnlySpan<float> rows, ReadOnlySpan<float> gainsGradient,
        ReadOnlySpan<float> offsetsGradient, Span<float> gainGradient, Span<float> offsetGradient, Span<float> rowsGradient)
    {
        int channels = gain.Length;
        for (int image = 0; image * channels < gainsGradient.Length; image++)
        {
            var row = new Row(rows, image, channels);
            Span<float> result = rowsGradient.Slice(3 * image * channels, 3 * channels);
            for (int c = 0; c < channels; c++)
            {
                float scale = 1 + row.Scales[c], strength = 1 + row.Strengths[c];
                float ofGain = gainsGradient[image * channels + c], ofOffset = offsetsGradient[image * channels + c];
                gainGradient[c] += ofGain * scale * strength;
                offsetGradient[c] += ofOffset * scale * strength;
                result[c] = (ofGain * gain[c] + ofOffset * offset[c]) * strength;
                result[channels + c] = ofOffset * strength;
                result[2 * channels + c] = ofGain * gain[c] * scale + ofOffset * (offset[c] * scale + row.Shifts[c]);
            }
        }
    }

    private readonly ref struct Row(ReadOnlySpan<float> rows, int image, int channels)
    {
        public ReadOnlySpan<float> Scales { get; } = rows.Slice(3 * image * channels, channels);

        public ReadOnlySpan<float> Shifts { get; } = rows.Slice((3 * image + 1) * channels, channels);

        public ReadOnlySpan<float> Strengths { get; } = rows.Slice((3 * image + 2) * channels, channels);
    }
}
