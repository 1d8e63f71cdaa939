using Underpaint.Data.Sources;
using Underpaint.Evaluation.Distances;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Evaluation;

/// <summary>Reconstructs images with a model and compares them with the originals, both in 8 bits.</summary>
public sealed class Evaluator
{
    private readonly DiffusionAutoencoder _model;
    private readonly IImageSource _source;
    private readonly EvaluationOptions _options;
    private readonly IImageMeasure[] _measures;
    private readonly FeatureDistances _distances;
    private readonly List<LeftOut> _leftOut = [];

    /// <summary>Prepares to judge a model.</summary>
    /// <param name="model">The model; stays the caller's.</param>
    /// <param name="source">The images; stays open.</param>
    /// <param name="options">How.</param>
    /// <exception cref="UnderpaintException">The images are too small for every measure.</exception>
    public Evaluator(DiffusionAutoencoder model, IImageSource source, EvaluationOptions options)
    {
        (_model, _source, _options, _distances) = (model, source, options, new(options.Measures.Features));
        _measures = [.. options.Measures.For(model.ImageSize)];
        _leftOut.AddRange(options.Measures.LeftOutAt(model.ImageSize));
        _leftOut.AddRange(options.Measures.LeftOut);
        if (_measures.Length == 0)
            throw new UnderpaintException($"Images of {model.ImageSize}×{model.ImageSize} pixels are too small for every measure.", "Choose other measures.");
    }

    /// <summary>What could not be measured so far, and why.</summary>
    public IReadOnlyList<LeftOut> LeftOut => _leftOut;

    /// <summary>The names of the images that can be read; empty before the first way of decoding was judged.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>Images that could not be read; empty before the first way of decoding was judged.</summary>
    public IReadOnlyList<SkippedImage> Skipped { get; private set; } = [];

    /// <summary>Judges a model in every way asked for.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">The images; stays open.</param>
    /// <param name="options">How.</param>
    /// <param name="onImage">Called after each image and way of decoding.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <returns>What was found; ways of decoding that begin at stochastic codes are left out where the model has none.</returns>
    /// <exception cref="UnderpaintException">Not one image can be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static EvaluationResult Run(DiffusionAutoencoder model, IImageSource source, EvaluationOptions options,
        Action? onImage = null, CancellationToken stop = default)
    {
        var evaluator = new Evaluator(model, source, options);
        DecodingResult[] decodings = [.. options.Decodings.Where(evaluator.CanDecode).Select(decoding => evaluator.Judge(decoding, onImage, stop: stop))];
        Measurement[] codes = [.. options.Measures.Codes.Select(measure => evaluator.Judge(measure, stop)).OfType<Measurement>()];
        return new()
        {
            Names = evaluator.Names,
            Decodings = decodings,
            Codes = codes,
            LeftOut = evaluator.LeftOut,
            Skipped = evaluator.Skipped,
        };
    }

    /// <summary>Judges one way of decoding.</summary>
    /// <param name="decoding">The way of decoding.</param>
    /// <param name="onImage">Called after each image.</param>
    /// <param name="onBatch">Called with each batch, for its pictures.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <exception cref="UnderpaintException">Not one image can be read; or stochastic codes are to be found, and the model cannot be inverted.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public DecodingResult Judge(
        Decoding decoding, Action? onImage = null, Action<ReconstructedBatch>? onBatch = null, CancellationToken stop = default)
    {
        List<string> names = [];
        List<SkippedImage> skipped = [];
        var vectors = _measures.ToDictionary(measure => measure, _ => new List<double[]>());
        _distances.Begin();
        foreach (ReconstructedBatch batch in Reconstructor.Run(_model, _source, [decoding], skipped, _options.Limit, _options.Seed, stop))
        {
            foreach (IImageMeasure measure in _measures)
                vectors[measure].AddRange(measure.Measure(batch.Originals, batch.Pictures[0]));
            _distances.Add(batch.Originals, batch.Pictures[0]);
            names.AddRange(batch.Names);
            onBatch?.Invoke(batch);
            for (int i = 0; i < batch.Names.Count; i++)
                onImage?.Invoke();
        }
        (Names, Skipped) = (names, skipped);
        return new(decoding,
            [.. _measures.Select(measure => new Measurement(measure.Name, measure.MetricsFor(_model.ImageSize, _model.ImageSize), vectors[measure]))],
            _distances.Finish());
    }

    /// <summary>Judges the codes.</summary>
    /// <param name="measure">By what.</param>
    /// <param name="stop">Stops the work.</param>
    /// <returns>What was found; null if these codes cannot be judged, with the reason in <see cref="LeftOut"/>.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public Measurement? Judge(ICodeMeasure measure, CancellationToken stop = default)
    {
        try
        {
            int count = Math.Min(_options.CodeLimit ?? _options.Limit ?? _source.Count, _source.Count);
            using var judged = new SubsetSource(_source, Enumerable.Range(0, count));
            return new(measure.Name, measure.Metrics, measure.Measure(_model, judged, stop));
        }
        catch (UnderpaintException reason)
        {
            _leftOut.Add(new(measure.Name, reason.Message));
            return null;
        }
    }

    private bool CanDecode(Decoding decoding)
    {
        if (decoding.Kind != ReconstructionKind.InvertedStochasticCode || _model.CanInvert)
            return true;
        _leftOut.Add(Evaluation.LeftOut.WithoutStochasticCodes(decoding));
        return false;
    }
}
