using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Evaluation.Metrics;

/// <summary>How much of a picture lies at which spatial frequency, whatever the direction.</summary>
internal static class RadialPowerSpectrum
{
    /// <summary>
    /// The power |F|² / (width · height) on average over a bin's frequencies and over channels. White noise has its variance in every
    /// bin; weighed with the bins' sizes the powers average to the mean square of the values (Parseval).
    /// </summary>
    /// <param name="planes">Planes (channels, height, width).</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    public static double[] Of(ReadOnlySpan<float> planes, int width, int height)
    {
        int[] bins = BinsOf(width, height);
        int[] sizes = SizesOf(bins);
        double[] powers = PowersOf(planes, width, height);
        var spectrum = new double[sizes.Length];
        for (int i = 0; i < powers.Length; i++)
            spectrum[bins[i % bins.Length]] += powers[i];
        int channels = planes.Length / bins.Length;
        return [.. spectrum.Select((power, bin) => power / ((double)sizes[bin] * channels))];
    }

    /// <summary>
    /// The bin of every frequency, in the order of the Fourier transform: its distance from 0 in cycles per shorter side, rounded.
    /// Bin 0 is the mean alone, however long the longer side is.
    /// </summary>
    public static int[] BinsOf(int width, int height)
    {
        int side = Math.Min(width, height);
        var bins = new int[width * height];
        for (int i = 0; i < bins.Length; i++)
        {
            double x = FrequencyOf(i % width, width), y = FrequencyOf(i / width, height);
            double cycles = side * Math.Sqrt(x * x + y * y);
            bins[i] = i == 0 ? 0 : Math.Max((int)Math.Round(cycles, MidpointRounding.AwayFromZero), 1);
        }
        return bins;
    }

    /// <summary>How many frequencies each bin has.</summary>
    public static int[] SizesOf(int[] bins)
    {
        var sizes = new int[bins.Max() + 1];
        foreach (int bin in bins)
            sizes[bin]++;
        return sizes;
    }

    /// <summary>Cycles per pixel, without the sign: indices past the middle of a Fourier transform are negative frequencies.</summary>
    private static double FrequencyOf(int index, int length) => Math.Min(index, length - index) / (double)length;

    private static double[] PowersOf(ReadOnlySpan<float> planes, int width, int height)
    {
        using Tensor values = tensor(planes.ToArray(), [planes.Length / (width * height), height, width], ScalarType.Float64);
        using Tensor transform = fft.fft2(values);
        using Tensor contiguous = transform.contiguous();
        using Tensor parts = view_as_real(contiguous);
        ReadOnlySpan<double> numbers = parts.Memory<double>();
        var powers = new double[planes.Length];
        for (int i = 0; i < powers.Length; i++)
            powers[i] = (numbers[2 * i] * numbers[2 * i] + numbers[2 * i + 1] * numbers[2 * i + 1]) / (width * height);
        return powers;
    }
}
