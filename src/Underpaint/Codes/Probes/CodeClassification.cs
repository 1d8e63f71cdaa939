using System.Globalization;
using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Codes.Probes;

/// <summary>Whether codes stay useful: of how many images a <see cref="LinearProbe"/> and the <see cref="NearestNeighbors"/> tell the class.</summary>
public sealed class CodeClassification : ICodeMeasure
{
    /// <summary>How many images are learnt from where nothing else is said.</summary>
    public const int DefaultExamples = 5000;

    /// <summary>The <see cref="Metric.Key"/> of the linear probe's accuracy.</summary>
    public const string ProbeKey = "probeAccuracy";

    private const int BatchSize = 64;

    private readonly IImageSource _training;
    private readonly int[] _examples;

    /// <summary>Chooses the images to learn from.</summary>
    /// <param name="training">Labelled images; stay open, and must outlive this.</param>
    /// <param name="examples">How many of them, at least 1; chosen at random, those without a label left out. Default 5000.</param>
    /// <param name="seed">Seed of the choice. Default 0.</param>
    public CodeClassification(IImageSource training, int examples = DefaultExamples, long seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(examples, 1);
        _training = training;
        _examples = [.. new RandomSource(seed, "probe").NextOrder(training.Count).Where(i => training.LabelOf(i) is not null).Take(examples).Order()];
        Metrics = MetricsOf(examples, $"{training.Description} ({training.Fingerprint()[..8]}, seed {seed})", _examples.Length);
    }

    /// <inheritdoc/>
    public string Name => "classes from codes";

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>The metrics, told without the images.</summary>
    /// <param name="examples">How many images are learnt from at most.</param>
    /// <param name="of">Of which.</param>
    /// <param name="found">How many labelled ones there are; null where that is not known.</param>
    public static IReadOnlyList<Metric> MetricsOf(int examples, string of, int? found = null) =>
    [
        new()
        {
            Key = ProbeKey,
            Name = "linear probe",
            Aspect = "what the codes tell",
            Better = Better.Higher,
            Definition = "Linear probe: share of the images whose class a multinomial logistic regression on standardised codes tells (penalty "
                + $"{LinearProbe.DefaultPenalty.ToString(CultureInfo.InvariantCulture)}), fitted on {found ?? examples} images of {of}",
            // Fitted on more, the same codes tell more.
            Version = examples,
        },
        new()
        {
            Key = "neighborAccuracy",
            Name = $"{NearestNeighbors.DefaultNeighbors} neighbours",
            Better = Better.Higher,
            Definition = $"{NearestNeighbors.DefaultNeighbors} neighbours: share of the images whose class most of the {NearestNeighbors.DefaultNeighbors} images with the "
                + $"nearest standardised codes have, among {found ?? examples} images of {of}",
            Version = examples,
            FromMeans = means => means[1],
        },
    ];

    /// <inheritdoc/>
    /// <returns>Of each labelled image: whether the probe is right, and whether the neighbours are.</returns>
    public IReadOnlyList<double[]> Measure(DiffusionAutoencoder model, IImageSource images, CancellationToken cancellation)
    {
        if (_examples.Length == 0 || !images.LabelNames.SequenceEqual(_training.LabelNames))
            throw new UnderpaintException($"{images.Description} and {_training.Description} do not have the same labels.",
                "Give labelled images of the same classes to --probe and to --data.");
        (float[] trainCodes, int[] trainLabels) = Encode(model, _training, _examples, cancellation);
        (float[] codes, int[] labels) = Encode(model, images, Enumerable.Range(0, images.Count).Where(i => images.LabelOf(i) is not null), cancellation);
        if (trainLabels.Length == 0 || labels.Length == 0)
            throw new UnderpaintException("Not one labelled image can be read.", "Check the data with `underpaint inspect`.");
        bool[] probe = LinearProbe.Classify(trainCodes, trainLabels, codes, labels), neighbors = NearestNeighbors.Classify(trainCodes, trainLabels, codes, labels);
        return [.. probe.Zip(neighbors, (first, second) => new[] { first ? 1.0 : 0, second ? 1.0 : 0 })];
    }

    private static (float[] Codes, int[] Labels) Encode(
        DiffusionAutoencoder model, IImageSource source, IEnumerable<int> indices, CancellationToken cancellation)
    {
        List<float> codes = [];
        List<int> labels = [];
        foreach (int[] chunk in indices.Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            if (PixelBatch.LoadReadable(source, chunk, model.Recipe.Data, []) is not { } batch)
                continue;
            using ImageBatch images = ImageBatch.From(batch);
            using CodeBatch encoded = model.Encode(images);
            codes.AddRange(encoded.Tensor.ToArray());
            labels.AddRange(batch.Indices.Select(index => source.LabelOf(index)!.Value));
        }
        return ([.. codes], [.. labels]);
    }
}
