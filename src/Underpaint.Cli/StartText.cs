using Underpaint.Training;

namespace Underpaint.Cli;

/// <summary>The model that a run goes on from, in a line.</summary>
internal static class StartText
{
    private const int ChecksumDigits = 12;

    /// <summary>"ffhq128 after 130,000,000 images (SHA-256 1f0c…)".</summary>
    public static string Of(StartOptions start)
    {
        string seen = start.ImagesSeen > 0 ? $" after {Wording.Images(start.ImagesSeen)}" : "";
        return $"{start.Model}{seen} (SHA-256 {start.Sha256[..ChecksumDigits]}…)";
    }
}
