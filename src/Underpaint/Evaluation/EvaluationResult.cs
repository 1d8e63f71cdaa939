using Underpaint.Data;

namespace Underpaint.Evaluation;

/// <summary>How well a model reconstructs a set of images.</summary>
/// <param name="Options">How it was judged.</param>
/// <param name="Scores">Each image's figures, in the source's order; at least one.</param>
/// <param name="StructureScores">The same for the structure images.</param>
/// <param name="Skipped">Images that could not be read.</param>
public sealed record EvaluationResult(EvaluationOptions Options,
    IReadOnlyList<ImageScore> Scores, IReadOnlyList<ImageScore> StructureScores, IReadOnlyList<SkippedImage> Skipped)
{
    /// <summary>Mean PSNR in dB.</summary>
    public double Psnr => PeakSignalToNoise.Mean(Scores.Select(score => score.Psnr));

    /// <summary>Mean SSIM.</summary>
    public double Ssim => Scores.Average(score => score.Ssim);

    /// <summary>Mean PSNR of the structure images in dB.</summary>
    public double StructurePsnr => PeakSignalToNoise.Mean(StructureScores.Select(score => score.Psnr));

    /// <summary>Mean SSIM of the structure images.</summary>
    public double StructureSsim => StructureScores.Average(score => score.Ssim);
}
