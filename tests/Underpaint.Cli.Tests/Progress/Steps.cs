using Underpaint.Training;

namespace Underpaint.Cli.Tests.Progress;

/// <summary>Reports as a run of the tiny recipe would give them: batches of 8, phases of 32 images.</summary>
internal static class Steps
{
    public static StepReport At(long imagesSeen, double loss = 0.5) =>
        new(imagesSeen <= 32 ? "structure" : "detail", imagesSeen, loss,
            GradientNorm: 1, LearningRate: 1e-3, Errors: [], NoiseShares: []);

    public static ValidationRecord Validation { get; } = new()
    {
        ImagesSeen = 32,
        Phase = "structure",
        Images = 1,
        Steps = 2,
        Psnr = 24.31,
        Ssim = 0.913,
        StructurePsnr = 21.4,
        StructureSsim = 0.801,
    };
}
