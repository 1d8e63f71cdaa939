namespace Underpaint.Data;

/// <summary>
/// Antialiased bilinear resizing, with the same numbers as Pillow's BILINEAR: a triangle filter as wide as the reduction, one
/// pass along rows and one along columns, each in 22-bit fixed point and rounded to 8 bits.
/// </summary>
internal static class Resampling
{
    private const int FractionBits = 22;

    /// <summary>
    /// A window of the image resized to <paramref name="fullWidth"/> × <paramref name="fullHeight"/>. Only the window is ever
    /// computed, so a very long image costs no more than a square one.
    /// </summary>
    /// <param name="image">The image; the result has as many channels.</param>
    /// <param name="fullWidth">The whole resized image's width.</param>
    /// <param name="fullHeight">The whole resized image's height.</param>
    /// <param name="left">The window's first column in the resized image.</param>
    /// <param name="top">The window's first row in the resized image.</param>
    /// <param name="width">The window's width.</param>
    /// <param name="height">The window's height.</param>
    public static PixelImage ResizedWindow(
        PixelImage image, long fullWidth, long fullHeight, long left, long top, int width, int height)
    {
        Tap[] columns = Taps(image.Width, fullWidth, left, width);
        Tap[] rows = Taps(image.Height, fullHeight, top, height);
        int channels = image.Channels;

        // Rows first, and only those that the second pass reads.
        int firstRow = rows[0].First;
        int rowCount = rows[^1].First + rows[^1].Weights.Length - firstRow;
        var narrow = new byte[rowCount * width * channels];
        for (int y = 0; y < rowCount; y++)
        {
            ReadOnlySpan<byte> source = image.Pixels.AsSpan((firstRow + y) * image.Width * channels);
            Filter(columns, source, stride: channels, narrow.AsSpan(y * width * channels, width * channels), channels);
        }

        var pixels = new byte[height * width * channels];
        for (int y = 0; y < height; y++)
        {
            Tap row = rows[y];
            ReadOnlySpan<byte> source = narrow.AsSpan((row.First - firstRow) * width * channels);
            for (int i = 0; i < width * channels; i++)
                pixels[y * width * channels + i] = WeightedSum(row.Weights, source[i..], width * channels);
        }
        return new PixelImage(width, height, channels, pixels);
    }

    private static void Filter(Tap[] taps, ReadOnlySpan<byte> source, int stride, Span<byte> target, int channels)
    {
        for (int x = 0; x < taps.Length; x++)
        {
            for (int c = 0; c < channels; c++)
                target[x * channels + c] = WeightedSum(taps[x].Weights, source[(taps[x].First * channels + c)..], stride);
        }
    }

    private static byte WeightedSum(int[] weights, ReadOnlySpan<byte> source, int stride)
    {
        int sum = 1 << (FractionBits - 1);
        for (int k = 0; k < weights.Length; k++)
            sum += weights[k] * source[k * stride];
        return (byte)Math.Clamp(sum >> FractionBits, 0, 255);
    }

    /// <summary>For each of <paramref name="count"/> outputs from <paramref name="start"/> on, its inputs.</summary>
    private static Tap[] Taps(int inputs, long outputs, long start, int count)
    {
        double scale = (double)inputs / outputs;
        double support = Math.Max(scale, 1);
        var taps = new Tap[count];
        for (int i = 0; i < count; i++)
        {
            double center = (start + i + 0.5) * scale;
            int first = Math.Max((int)(center - support + 0.5), 0);
            int end = Math.Min((int)(center + support + 0.5), inputs);
            var weights = new double[end - first];
            for (int k = 0; k < weights.Length; k++)
                weights[k] = Math.Max(1 - Math.Abs((k + first - center + 0.5) * (1 / support)), 0);
            double total = weights.Sum();
            taps[i] = new Tap(first, [.. weights.Select(weight => (int)(0.5 + weight / total * (1 << FractionBits)))]);
        }
        return taps;
    }

    /// <summary>One output value: consecutive inputs from <paramref name="First"/> on, in fixed-point weights.</summary>
    private readonly record struct Tap(int First, int[] Weights);
}
