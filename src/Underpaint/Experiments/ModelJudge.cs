using Underpaint.Data;
using Underpaint.Evaluation;
using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>
/// What an experiment wants to know of a model. It is all that experiments know of <see cref="Evaluator"/>: what is added to
/// <see cref="Measures"/> here is in every result, and rows that lack it, or have it in another version, are made again.
/// </summary>
internal sealed class ModelJudge
{
    private static readonly Measures Measures = new();

    private readonly Evaluator _evaluator;

    /// <summary>Prepares to judge a model.</summary>
    /// <param name="model">The model; stays the caller's.</param>
    /// <param name="source">The images; stay open.</param>
    /// <param name="evaluation">How many of the images, and the noise's seed.</param>
    public ModelJudge(DiffusionAutoencoder model, IImageSource source, ExperimentEvaluation evaluation) =>
        _evaluator = new(model, source, new() { Limit = evaluation.Images, Measures = Measures, Seed = evaluation.Seed });

    /// <summary>The metrics of images of a recipe's size, in the order in which they are shown.</summary>
    /// <param name="recipe">The recipe.</param>
    public static IEnumerable<Metric> MetricsOf(Recipe recipe)
    {
        int side = recipe.Data.Size;
        return Measures.For(side).SelectMany(measure => measure.MetricsFor(side, side));
    }

    /// <summary>Judges the model in one way of decoding.</summary>
    /// <param name="decoding">How it decodes.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <returns>How many images could be read, and each metric's figure by its key.</returns>
    public (int Images, OrderedDictionary<string, RowFigure> Figures) Judge(Decoding decoding, CancellationToken stop)
    {
        var figures = new OrderedDictionary<string, RowFigure>();
        foreach (Figure figure in _evaluator.Judge(decoding, stop: stop).Figures)
            figures[figure.Metric.Key] = new(figure.Value, figure.Interval?.Low, figure.Interval?.High, figure.Metric.Version);
        return (_evaluator.Names.Count, figures);
    }
}
