using ScottPlot.Colormaps;
using Underpaint.Data.Images;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Reports;

/// <summary>Shows where, and how much, two images differ.</summary>
public static class ErrorMap
{
    /// <summary>The difference, as a share of the full range of values, that is shown in the brightest colour.</summary>
    public const double FullScale = 0.25;

    /// <summary>What the colours mean, in one line.</summary>
    public const string Scale = "absolute error, mean over the channels: black is none, pale yellow is a quarter of the full range or more";

    private static readonly ScottPlot.Color[] Colors = [.. Enumerable.Range(0, 256).Select(i => new Inferno().GetColor(i / 255.0))];

    /// <summary>
    /// The absolute error of every pixel, mean over the channels, in the colours of "inferno". The scale is fixed, so that the maps
    /// of different images and runs can be compared: from 0 (black) to <see cref="FullScale"/> (pale yellow).
    /// </summary>
    /// <param name="a">One image.</param>
    /// <param name="b">The other, of the same size and channels.</param>
    /// <returns>An RGB image of the same size.</returns>
    /// <exception cref="UnderpaintException">The sizes or channels differ.</exception>
    public static PixelImage Of(PixelImage a, PixelImage b)
    {
        ImagePlanes.RequireSameSize(a, b);
        var pixels = new byte[a.Width * a.Height * 3];
        for (int i = 0; i < a.Width * a.Height; i++)
        {
            int sum = 0;
            for (int c = 0; c < a.Channels; c++)
                sum += Math.Abs(a.Pixels[i * a.Channels + c] - b.Pixels[i * a.Channels + c]);
            double error = sum / (255.0 * a.Channels);
            ScottPlot.Color color = Colors[(int)Math.Round(Math.Min(1, error / FullScale) * 255)];
            (pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]) = (color.R, color.G, color.B);
        }
        return new(a.Width, a.Height, 3, pixels);
    }
}
