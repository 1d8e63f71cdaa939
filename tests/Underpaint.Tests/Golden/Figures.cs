using System.Text.Json;

namespace Underpaint.Tests.Golden;

/// <summary>Figures made by the official Diff-AE code and other reference programs, committed beside the tests.</summary>
internal static class Figures
{
    public static JsonElement Load(string name)
    {
        using var stream = typeof(Figures).Assembly.GetManifestResourceStream($"Underpaint.Tests.Golden.{name}")!;
        return JsonDocument.Parse(stream).RootElement;
    }

    /// <summary>The figure at a path of names and indices.</summary>
    public static double Number(this JsonElement figures, params object[] path) =>
        path.Aggregate(figures, (at, step) => step is int index ? at[index] : at.GetProperty((string)step)).GetDouble();

    public static float[] Floats(this JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetSingle())];

    /// <summary>The largest difference between a summary's sampled values (every N-th, row-major) and ours.</summary>
    public static double LargestDifference(this JsonElement summary, ReadOnlySpan<float> ours)
    {
        int every = summary.GetProperty("every").GetInt32(), i = 0;
        double largest = 0;
        foreach (float expected in summary.GetProperty("values").Floats())
            largest = Math.Max(largest, Math.Abs(expected - ours[i++ * every]));
        Assert.Equal((ours.Length + every - 1) / every, i);
        return largest;
    }
}
