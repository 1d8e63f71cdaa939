using Underpaint.Data.Sources;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Experiments;

/// <summary>What an experiment wants to know of a model. It is all that experiments know of <see cref="Evaluator"/>.</summary>
internal sealed class ModelJudge
{
    // Codes cost little, and shares of images need many.
    private const int MostCodes = 10_000;

    private readonly Evaluator _evaluator;
    private readonly Measures _measures;
    // Codes are the same however they are decoded, and so is the structure image: one step is the same step with every solver and grid.
    private readonly Dictionary<ReconstructionKind, IReadOnlyList<Figure>> _ofOneStep = [];
    private IReadOnlyList<Figure>? _ofCodes;

    /// <summary>Prepares to judge a model.</summary>
    /// <param name="model">The model; stays the caller's.</param>
    /// <param name="source">The images; stay open.</param>
    /// <param name="evaluation">How many of the images, and the noise's seed.</param>
    /// <param name="measures">By what.</param>
    public ModelJudge(DiffusionAutoencoder model, IImageSource source, ExperimentEvaluation evaluation, Measures measures)
    {
        _measures = measures;
        _evaluator = new(model, source, new() { Limit = evaluation.Images, CodeLimit = MostCodes, Measures = measures, Seed = evaluation.Seed });
    }

    /// <summary>Judges the model in one way of decoding, and its codes.</summary>
    /// <param name="decoding">How it decodes.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <returns>How many images could be read, and each metric's figure by its key.</returns>
    /// <exception cref="UnderpaintException">The codes cannot be judged, as when images have no labels.</exception>
    public (int Images, OrderedDictionary<string, RowFigure> Figures) Judge(Decoding decoding, CancellationToken stop)
    {
        _ofCodes ??= JudgeCodes(stop);
        var figures = new OrderedDictionary<string, RowFigure>();
        foreach (Figure figure in FiguresOf(decoding, stop).Concat(_ofCodes))
            figures[figure.Metric.Key] = new(figure.Value, figure.Interval?.Low, figure.Interval?.High, figure.Metric.Version);
        return (_evaluator.Names.Count, figures);
    }

    private IReadOnlyList<Figure> FiguresOf(Decoding decoding, CancellationToken stop)
    {
        if (decoding.Steps == 1 && _ofOneStep.TryGetValue(decoding.Kind, out IReadOnlyList<Figure>? known))
            return known;
        IReadOnlyList<Figure> figures = [.. _evaluator.Judge(decoding, stop: stop).Figures];
        if (decoding.Steps == 1)
            _ofOneStep[decoding.Kind] = figures;
        return figures;
    }

    private Figure[] JudgeCodes(CancellationToken stop) =>
        [.. _measures.Codes.SelectMany(measure => (_evaluator.Judge(measure, stop) ?? throw CannotJudge(measure)).Figures)];

    private UnderpaintException CannotJudge(ICodeMeasure measure) => new(
        $"This cannot be measured: {measure.Name}. {_evaluator.LeftOut[^1].Reason}",
        "Mend the images, or leave this out of measures.");
}
