namespace Underpaint.Harness.Soaking;

/// <summary>How memory and open files of a process grew from the second quarter of its life (all caches are warm) to its last.</summary>
/// <param name="EarlyBytes">Median resident memory of the second quarter.</param>
/// <param name="LateBytes">Median resident memory of the last quarter.</param>
/// <param name="EarlyFiles">Most open files of the second quarter.</param>
/// <param name="LateFiles">Most open files of the last quarter.</param>
internal sealed record Growth(long EarlyBytes, long LateBytes, int EarlyFiles, int LateFiles)
{
    // What two quarters of an unchanging process may differ by.
    private const double MostShare = 0.1;
    private const long Slack = 20L << 20;

    /// <summary>Whether memory is flat and no files are left open.</summary>
    public bool IsFlat => LateBytes <= EarlyBytes * (1 + MostShare) + Slack && LateFiles <= EarlyFiles + 2;

    /// <summary>Looks at a process's samples, in their order.</summary>
    public static Growth Of(Sample[] samples)
    {
        int quarter = samples.Length / 4;
        Sample[] early = samples[quarter..(2 * quarter + 1)], late = samples[(3 * quarter)..];
        return new(Median(early), Median(late), early.Max(sample => sample.Files), late.Max(sample => sample.Files));
    }

    private static long Median(Sample[] samples) => samples.Select(sample => sample.Resident).Order().ElementAt(samples.Length / 2);
}
