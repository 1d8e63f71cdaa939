namespace Underpaint.Evaluation.Metrics;

/// <summary>One channel of an image in double precision, rows from top to bottom.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Values">height · width values.</param>
internal sealed record Plane(int Width, int Height, double[] Values)
{
    /// <summary>The value in a column and a row.</summary>
    public double this[int x, int y] => Values[y * Width + x];

    /// <summary>Makes a plane from a formula.</summary>
    public static Plane Fill(int width, int height, Func<int, int, double> valueAt)
    {
        var values = new double[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                values[y * width + x] = valueAt(x, y);
        }
        return new(width, height, values);
    }

    /// <summary>Takes planes (channels, height, width) apart.</summary>
    public static Plane[] Split(ReadOnlySpan<float> planes, int width, int height)
    {
        int area = width * height;
        var channels = new Plane[planes.Length / area];
        for (int c = 0; c < channels.Length; c++)
        {
            var values = new double[area];
            for (int i = 0; i < area; i++)
                values[i] = planes[c * area + i];
            channels[c] = new(width, height, values);
        }
        return channels;
    }
}
