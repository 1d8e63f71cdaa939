using Underpaint.Data;
using Underpaint.Evaluation;

namespace Underpaint.Experiments;

/// <summary>
/// What an experiment wants to know of a model. It is all that experiments know of <see cref="Evaluator"/>: another metric is another
/// line here, and a new <see cref="Version"/>, by which older figures are measured anew.
/// </summary>
/// <param name="model">The model; stays the caller's.</param>
/// <param name="source">The images; stay open.</param>
/// <param name="evaluation">How many of the images, and the noise's seed.</param>
internal sealed class ModelJudge(DiffusionAutoencoder model, IImageSource source, ExperimentEvaluation evaluation)
{
    /// <summary>Figures of different versions must not be compared.</summary>
    public const int Version = 1;

    /// <summary>The metrics, in the order in which they are shown.</summary>
    public static IReadOnlyList<JudgedMetric> Metrics { get; } =
    [
        new("psnr", "PSNR", "dB", Digits: 2, PeakSignalToNoise.Definition),
        new("ssim", "SSIM", "", Digits: 3, StructuralSimilarity.Definition),
    ];

    /// <summary>Judges the model in one way of decoding.</summary>
    /// <param name="decoding">How it decodes.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <returns>How many images could be read, and each metric's figure by its key.</returns>
    public (int Images, OrderedDictionary<string, RowFigure> Figures) Judge(ExperimentDecoding decoding, CancellationToken stop)
    {
        EvaluationResult result = Evaluator.Run(model, source, new()
        {
            Limit = evaluation.Images,
            Steps = decoding.Steps,
            Solver = decoding.Solver,
            Grid = decoding.Grid,
            Exact = decoding.IsInverted,
            Seed = evaluation.Seed,
        }, stop: stop);
        return (result.Scores.Count, new()
        {
            ["psnr"] = Mean(result.Scores.Select(score => score.Psnr)),
            ["ssim"] = Mean(result.Scores.Select(score => score.Ssim)),
        });
    }

    private static RowFigure Mean(IEnumerable<double> figures)
    {
        BootstrapInterval interval = BootstrapInterval.OfMean([.. figures]);
        return new(interval.Mean, interval.Low, interval.High);
    }
}
