namespace Underpaint.Networks;

/// <summary>How large the activations of a diffusion autoencoder become, before one is computed.</summary>
internal static class ActivationSize
{
    /// <summary>At least as many numbers as the largest activation of one image has, in either network.</summary>
    /// <param name="options">The networks' sizes.</param>
    /// <param name="imageSize">Width and height of the images, in pixels.</param>
    public static long LargestOf(ModelOptions options, int imageSize) =>
        Math.Max(Largest(options, options.Multipliers, imageSize), Largest(options, options.EncoderMultipliers, imageSize));

    private static long Largest(ModelOptions options, IReadOnlyList<int> multipliers, int imageSize)
    {
        long largest = 0;
        for (int level = 0; level < multipliers.Count; level++)
        {
            int resolution = imageSize >> level, next = Math.Min(level + 1, multipliers.Count - 1);
            long pixels = (long)resolution * resolution, width = (long)multipliers[level] * options.Channels;
            // On the way up a block sees what comes from below beside what was kept on the way down, whose first was made a level above.
            long joined = Math.Max(width, (long)multipliers[next] * options.Channels)
                + Math.Max(width, (long)multipliers[Math.Max(level - 1, 0)] * options.Channels);
            largest = Math.Max(largest, pixels * joined);
            // The middle has attention wherever it is.
            if (options.AttentionAt.Contains(resolution) || level == multipliers.Count - 1)
                largest = Math.Max(largest, pixels * Math.Max(3 * width, options.Heads * pixels));
        }
        return largest;
    }
}
