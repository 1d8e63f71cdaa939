namespace Underpaint.Kernels;

/// <summary>
/// Group normalisation, an affine map per channel, SiLU and dropout in one:
/// y = mask · silu((x − mean) · scale · gain + offset), where SiLU and the mask are optional. Images are worked on one after the
/// other, so that the second pass over an image finds it in the cache.
/// </summary>
internal static class FusedNorm
{
    /// <summary>Computes y.</summary>
    /// <param name="shape">The sizes of everything.</param>
    /// <param name="x">Images × pixels × channels.</param>
    /// <param name="y">Written; may be <paramref name="x"/>.</param>
    /// <param name="gain">Factors after the normalisation: channels, for all images, or images × channels.</param>
    /// <param name="offset">Terms after the normalisation, as many.</param>
    /// <param name="silu">Whether SiLU follows.</param>
    /// <param name="dropout">What is dropped at the end.</param>
    /// <param name="means">Written: images × groups.</param>
    /// <param name="scales">Written: 1 / √(variance + 1e-5), images × groups.</param>
    public static void Forward<T>(
        NormShape shape, ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<float> gain, ReadOnlySpan<float> offset,
        bool silu, DropoutMask dropout, Span<float> means, Span<float> scales)
        where T : unmanaged, IElement<T>
    {
        shape.Check([x.Length, y.Length], [gain.Length, offset.Length], [means.Length, scales.Length]);
        for (int image = 0; image < shape.Images; image++)
        {
            ReadOnlySpan<float> gains = shape.ChannelRow(gain, image), offsets = shape.ChannelRow(offset, image);
            var layer = new ImageLayer(gains, offsets, silu, dropout.Image(image));
            NormForward.Image(
                shape, shape.Image(x, image), shape.Image(y, image), layer,
                shape.GroupRow(means, image), shape.GroupRow(scales, image));
        }
    }

    /// <summary>Computes the gradients of x, gain and offset from the gradient of y.</summary>
    /// <param name="shape">The sizes of everything.</param>
    /// <param name="x">As in <see cref="Forward"/>.</param>
    /// <param name="dy">The gradient of y.</param>
    /// <param name="addend">Added to the gradient of x; empty for nothing.</param>
    /// <param name="dx">The gradient of x: written; may be <paramref name="dy"/> or <paramref name="addend"/>.</param>
    /// <param name="gain">As in <see cref="Forward"/>.</param>
    /// <param name="offset">As in <see cref="Forward"/>.</param>
    /// <param name="silu">As in <see cref="Forward"/>.</param>
    /// <param name="dropout">As in <see cref="Forward"/>.</param>
    /// <param name="means">As <see cref="Forward"/> wrote them.</param>
    /// <param name="scales">As <see cref="Forward"/> wrote them.</param>
    /// <param name="gainGradient">As long as <paramref name="gain"/>; added to.</param>
    /// <param name="offsetGradient">As long as <paramref name="gain"/>; added to.</param>
    public static void Backward<T>(
        NormShape shape, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, ReadOnlySpan<T> addend, Span<T> dx,
        ReadOnlySpan<float> gain, ReadOnlySpan<float> offset, bool silu, DropoutMask dropout,
        ReadOnlySpan<float> means, ReadOnlySpan<float> scales, Span<float> gainGradient, Span<float> offsetGradient)
        where T : unmanaged, IElement<T>
    {
        shape.Check(
            [x.Length, dy.Length, addend.IsEmpty ? dx.Length : addend.Length, dx.Length],
            [gain.Length, offset.Length, gainGradient.Length, offsetGradient.Length],
            [means.Length, scales.Length]);
        for (int image = 0; image < shape.Images; image++)
        {
            ReadOnlySpan<float> gains = shape.ChannelRow(gain, image), offsets = shape.ChannelRow(offset, image);
            var layer = new ImageLayer(gains, offsets, silu, dropout.Image(image));
            NormBackward.Image(
                shape, shape.Image(x, image), shape.Image(dy, image), addend.IsEmpty ? addend : shape.Image(addend, image), shape.Image(dx, image), layer,
                shape.GroupRow(means, image), shape.GroupRow(scales, image),
                shape.ChannelRow(gainGradient, image), shape.ChannelRow(offsetGradient, image));
        }
    }
}
