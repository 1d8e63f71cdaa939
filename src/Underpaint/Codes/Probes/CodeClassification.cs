using System.Globalization;
using Underpaint.Data.Images;
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
    private readonly int _examples;
    // All that have labels, in the order of chance.
    private readonly int[] _order;

    /// <summary>Chooses the images to learn from.</summary>
    /// <param name="training">Labelled images; stay open, and must outlive this.</param>
    /// <param name="examples">How many of them, at least 1; chosen at random, without those that have no label and those that are judged. Default 5000.</param>
    /// <param name="seed">Seed of the choice. Default 0.</param>
    public CodeClassification(IImageSource training, int examples = DefaultExamples, long seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(examples, 1);
        (_training, _examples) = (training, examples);
        _order = [.. new RandomSource(seed, "probe").NextOrder(training.Count).Where(i => training.LabelOf(i) is not null)];
        Metrics = MetricsOf(examples, $"{training.Description} ({training.Fingerprint()[..8]}, seed {seed})", Math.Min(_order.Length, examples));
    }

    /// <inheritdoc/>
    public string Name => "classes from codes";

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>Whether images can be judged: both have labels, and of the same classes.</summary>
    /// <param name="training">The images to learn from.</param>
    /// <param name="images">The images to judge by.</param>
    public static bool CanJudge(IImageSource training, IImageSource images) =>
        training.LabelNames.Count > 0 && images.LabelNames.SequenceEqual(training.LabelNames);

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
                + $"{LinearProbe.DefaultPenalty.ToString(CultureInfo.InvariantCulture)}), fitted on {found ?? examples} images of {of}, none of which is judged",
            // Fitted on more, the same codes tell more.
            Version = examples,
        },
        new()
        {
            Key = "neighborAccuracy",
            Name = $"{NearestNeighbors.DefaultNeighbors} neighbours",
            Better = Better.Higher,
            Definition = $"{NearestNeighbors.DefaultNeighbors} neighbours: share of the images whose class most of the {NearestNeighbors.DefaultNeighbors} images with the "
                + $"nearest standardised codes have, among {found ?? examples} images of {of}, none of which is judged",
            Version = examples,
            FromMeans = means => means[1],
        },
    ];

    /// <inheritdoc/>
    /// <returns>Of each labelled image: whether the probe is right, and whether the neighbours are.</returns>
    public IReadOnlyList<double[]> Measure(DiffusionAutoencoder model, IImageSource images, CancellationToken cancellation)
    {
        if (_order.Length == 0 || !CanJudge(_training, images))
            throw new UnderpaintException($"{images.Description} and {_training.Description} do not have the same labels.",
                "Give labelled images of the same classes to --probe and to --data.");
        int[] examples = ExamplesFor(images);
        if (examples.Length == 0)
            throw new UnderpaintException($"All labelled images of {_training.Description} are among those that are judged.", "Give others to --probe or to --data.");
        (float[] trainCodes, int[] trainLabels) = Encode(model, _training, examples, cancellation);
        (float[] codes, int[] labels) = Encode(model, images, Enumerable.Range(0, images.Count).Where(i => images.LabelOf(i) is not null), cancellation);
        if (trainLabels.Length == 0 || labels.Length == 0)
            throw new UnderpaintException("Not one labelled image can be read.", "Check the data with `underpaint inspect`.");
        bool[] probe = LinearProbe.Classify(trainCodes, trainLabels, codes, labels), neighbors = NearestNeighbors.Classify(trainCodes, trainLabels, codes, labels);
        return [.. probe.Zip(neighbors, (first, second) => new[] { first ? 1.0 : 0, second ? 1.0 : 0 })];
    }

    // What a run held out stands among the images that it was trained on: a probe that has seen it flatters the codes.
    private int[] ExamplesFor(IImageSource judged)
    {
        ILookup<string, int> places = Enumerable.Range(0, judged.Count).ToLookup(judged.NameOf);
        return [.. _order.Where(i => !places[_training.NameOf(i)].Any(place => IsSame(_training, i, judged, place))).Take(_examples).Order()];
    }

    private static bool IsSame(IImageSource source, int index, IImageSource other, int otherIndex)
    {
        try
        {
            if (source.ReadEncoded(index) is { } file && other.ReadEncoded(otherIndex) is { } otherFile)
                return file.AsSpan().SequenceEqual(otherFile);
            PixelImage image = source.Read(index), otherImage = other.Read(otherIndex);
            return (image.Width, image.Height) == (otherImage.Width, otherImage.Height) && image.Pixels.AsSpan().SequenceEqual(otherImage.Pixels);
        }
        catch (FileFormatException)
        {
            // Neither learnt from nor judged.
            return false;
        }
    }

    private static (float[] Codes, int[] Labels) Encode(
        DiffusionAutoencoder model, IImageSource source, IEnumerable<int> indices, CancellationToken cancellation)
    {
        List<float> codes = [];
        List<int> labels = [];
        foreach (int[] chunk in indices.Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            CodeRows rows = CodeEncoder.Encode(model, source, chunk, new(), []);
            codes.AddRange(rows.Codes);
            labels.AddRange(rows.Labels);
        }
        return ([.. codes], [.. labels]);
    }
}
