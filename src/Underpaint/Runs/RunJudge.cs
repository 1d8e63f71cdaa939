using System.Text.Json.Nodes;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Comparisons;
using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Uncertainty;
using Underpaint.Machine;

namespace Underpaint.Runs;

/// <summary>
/// Judges one run for a comparison, piece by piece: each way of decoding, the codes, the errors by noise level. Pieces that are finished
/// already are taken from their files; the model is loaded only for those that are not. Dispose it.
/// </summary>
internal sealed class RunJudge : IDisposable
{
    private readonly ModelDescription _description;
    private readonly IImageSource _images;
    private readonly EvaluationOptions _options;
    private readonly int _shown;
    private readonly ComputeDevice _device;
    private readonly EvaluationStore _store;
    private readonly Action<int> _onImages;
    private readonly CancellationToken _stop;
    private readonly string _fingerprint;
    private readonly List<LeftOut> _leftOut = [];
    private DiffusionAutoencoder? _model;
    private Evaluator? _evaluator;

    /// <param name="description">The model.</param>
    /// <param name="images">The images to judge by; stay open.</param>
    /// <param name="options">How.</param>
    /// <param name="onNote">Told when a piece cannot be kept.</param>
    /// <param name="onImages">Told how many images were decoded, or taken from a finished piece.</param>
    /// <param name="stop">Stops between batches; what is finished is kept.</param>
    public RunJudge(ModelDescription description, IImageSource images, ComparisonOptions options,
        Action<string> onNote, Action<int> onImages, CancellationToken stop)
    {
        (_description, _images, _options, _shown) = (description, images, options.Evaluation, options.Shown);
        (_onImages, _stop) = (onImages, stop);
        _device = ComputeDevice.Choose(options.Device, options.Precision);
        _store = new(description.Path, onNote);
        _fingerprint = images.Fingerprint();
    }

    private int Count => Math.Min(_options.Limit ?? _images.Count, _images.Count);

    private int Side => _description.Recipe.Data.Size;

    // Loaded for the first piece that is missing.
    private DiffusionAutoencoder Model => _model ??= ModelFile.Load(_description.Path, _device);

    private Evaluator Evaluator => _evaluator ??= new(Model, _images, _options);

    /// <summary>Judges the run.</summary>
    /// <param name="name">What it is called in the comparison.</param>
    /// <exception cref="UnderpaintException">Its weights are damaged, not one image can be read, or nothing asked for can be decoded.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public ComparedRun Judge(string name)
    {
        var pieces = new OrderedDictionary<Decoding, StoredEvaluation>();
        foreach (Decoding decoding in _options.Decodings)
        {
            if (CanDecode(decoding))
                pieces.Add(decoding, PieceOf(decoding));
        }
        if (pieces.Count == 0)
            throw new UnderpaintException($"{name} cannot decode in any of the ways asked for. {_leftOut[0].Reason}", "Ask for others.");
        StoredEvaluation first = pieces.GetAt(0).Value;
        return new()
        {
            Name = name,
            Model = _description,
            Result = new()
            {
                Names = first.Names,
                Decodings = [.. pieces.Select(pair => ResultOf(pair.Key, pair.Value))],
                Codes = [.. _options.Measures.Codes.Select(CodesBy).OfType<Measurement>()],
                LeftOut = [.. _options.Measures.LeftOutAt(Side), .. _options.Measures.LeftOut, .. _leftOut],
                Skipped = first.Skipped,
            },
            Shown = [.. first.Originals.Select(picture => new ShownImage(picture.Name, picture.ToImage()))],
            Pictures = [.. pieces.Values.Select(piece => (IReadOnlyList<PixelImage>)[.. piece.Pictures.Select(picture => picture.ToImage())])],
            NoiseErrors = ErrorsByNoise(),
        };
    }

    public void Dispose() => _model?.Dispose();

    private bool CanDecode(Decoding decoding)
    {
        if (decoding.Kind != ReconstructionKind.InvertedStochasticCode || _description.CanInvert)
            return true;
        _leftOut.Add(LeftOut.WithoutStochasticCodes(decoding));
        return false;
    }

    private StoredEvaluation PieceOf(Decoding decoding)
    {
        JsonObject key = KeyOf(EvaluationJson.Of(decoding),
            [.. _options.Measures.For(Side).SelectMany(measure => measure.MetricsFor(Side, Side)), .. _options.Measures.Features.Select(network => network.Metric)]);
        key["shown"] = _shown;
        if (_store.Find(key, _options.Measures.For(Side).Select(measure => measure.Name)) is { } finished)
        {
            _onImages(Count);
            return finished;
        }
        var pictures = new ShownPictures(Count, _shown);
        DecodingResult result = Evaluator.Judge(decoding, () => _onImages(1), pictures.Add, _stop);
        var piece = new StoredEvaluation
        {
            Key = key,
            Names = Evaluator.Names,
            Skipped = Evaluator.Skipped,
            Vectors = result.Measurements.ToDictionary(measurement => measurement.Measure, measurement => measurement.Vectors.ToArray()),
            Distances = result.Distances.ToDictionary(distance => distance.Metric.Key, distance => distance.Value),
            Originals = pictures.Originals,
            Pictures = pictures.Pictures,
        };
        _store.Save(piece);
        return piece;
    }

    private DecodingResult ResultOf(Decoding decoding, StoredEvaluation piece) => new(decoding,
        [.. _options.Measures.For(Side).Select(measure => new Measurement(measure.Name, measure.MetricsFor(Side, Side), piece.Vectors[measure.Name]))],
        [
            .. _options.Measures.Features.Where(network => piece.Distances.ContainsKey(network.Metric.Key))
                .Select(network => new Figure(network.Metric, piece.Distances[network.Metric.Key], Interval: null)),
        ]);

    private Measurement? CodesBy(ICodeMeasure measure)
    {
        JsonObject key = KeyOf("codes", measure.Metrics);
        if (_store.Find(key, measure.Name) is { } finished)
            return new(measure.Name, measure.Metrics, finished.Vectors[measure.Name]);
        if (Evaluator.Judge(measure, _stop) is not { } measurement)
        {
            _leftOut.Add(Evaluator.LeftOut[^1]);
            return null;
        }
        _store.Save(new() { Key = key, Vectors = new Dictionary<string, double[][]> { [measure.Name] = [.. measurement.Vectors] } });
        return measurement;
    }

    private NoiseError[] ErrorsByNoise()
    {
        JsonObject key = KeyOf(NoiseErrors.Name, [NoiseErrors.Metric]);
        double[][]? vectors = _store.Find(key, NoiseErrors.Metric.Key)?.Vectors[NoiseErrors.Metric.Key];
        if (vectors is null || vectors[0].Length > NoiseErrors.Shares.Count)
        {
            vectors = [.. NoiseErrors.Measure(Model, _images, _options.Limit, _options.Seed, _stop)];
            _store.Save(new() { Key = key, Vectors = new Dictionary<string, double[][]> { [NoiseErrors.Metric.Key] = vectors } });
        }
        var means = new ResampledMeans(vectors);
        int unknown = NoiseErrors.Shares.Count - vectors[0].Length;
        return [.. vectors[0].Select((_, level) => new NoiseError(NoiseErrors.Shares[unknown + level], means.IntervalOf(mean => mean[level])))];
    }

    private JsonObject KeyOf(JsonNode what, IEnumerable<Metric> metrics) => new()
    {
        ["what"] = what,
        ["model"] = _description.Identity,
        ["imagesSeen"] = _description.ImagesSeen,
        ["data"] = _fingerprint,
        ["images"] = Count,
        ["seed"] = _options.Seed,
        ["device"] = _device.Name,
        ["precision"] = _device.PrecisionName,
        ["metrics"] = new JsonArray([.. metrics.Select(metric => JsonValue.Create($"{metric.Key} {metric.Version} {metric.Definition}"))]),
    };
}
