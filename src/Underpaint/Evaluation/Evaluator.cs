using Underpaint.Data;

namespace Underpaint.Evaluation;

/// <summary>Reconstructs images with a model and compares them with the originals, both in 8 bits.</summary>
public static class Evaluator
{
    /// <summary>Judges a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">The images; stays open.</param>
    /// <param name="options">How.</param>
    /// <param name="onScore">Called with each image's score.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <exception cref="UnderpaintException">
    /// Not one image can be read; or the reconstructions shall be exact, and the model cannot be inverted.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static EvaluationResult Run(DiffusionAutoencoder model, IImageSource source, EvaluationOptions options,
        Action<ImageScore>? onScore = null, CancellationToken stop = default)
    {
        List<ImageScore> scores = [], structureScores = [];
        List<SkippedImage> skipped = [];
        foreach (Reconstruction reconstruction in Reconstructor.Run(model, source, options, skipped, stop))
        {
            scores.Add(reconstruction.Score);
            structureScores.Add(reconstruction.StructureScore);
            onScore?.Invoke(scores[^1]);
        }
        return new(options, scores, structureScores, skipped);
    }
}
