using Underpaint.Codes.Directions;
using Underpaint.Networks;
using Underpaint.Storage;

namespace Underpaint.Exchange;

/// <summary>What an import is going to make of the classifier of attributes in a file: a direction for each.</summary>
internal sealed class DirectionsPlan
{
    // The amount that the official code moves by where nothing else is said; ours is in units of it.
    private const double PublishedAmount = 0.3;
    private const int MostNumbers = 65_536;

    private const string Prefix = OfficialPart.Classifier + ".";
    private const string Weights = "weight";

    private readonly OfficialStatistics _statistics;
    private readonly string? _onlyName;
    private readonly int _count;

    /// <summary>Infers its sizes; no tensor is read.</summary>
    /// <param name="file">The file; stays the caller's.</param>
    /// <param name="tensors">All of the file.</param>
    /// <param name="set">The set of weights that is taken.</param>
    /// <param name="training">What the file says about its training.</param>
    /// <exception cref="FileFormatException">Its sizes cannot be told.</exception>
    public DirectionsPlan(ITensorFile file, OfficialTensors tensors, OfficialSet set, OfficialTraining training)
    {
        Dictionary<string, string> names = set.Under(Prefix);
        if (!file.ShapesOf(names).TryGetValue(Weights, out IReadOnlyList<long>? shape)
            || shape is not [>= 1 and <= MostNumbers and var count, >= 1 and <= MostNumbers and var code])
            throw new FileFormatException(file.Path, "does not tell the sizes of its classifier: "
                + (shape is null ? "classifier.weight is missing" : $"classifier.weight is {string.Join('×', shape)}"), ImportPlan.Remedy);
        _statistics = OfficialStatistics.Of(file, tensors, (int)code);
        (_count, _onlyName) = ((int)count, training.Attribute);
        var layout = new WeightSet();
        _ = new Linear(layout.Root, (int)code, (int)count);
        Network = new(file, Prefix, names, layout);
    }

    /// <summary>Its tensors.</summary>
    public OfficialNetwork Network { get; }

    /// <summary>Numbers in a code.</summary>
    public int CodeSize => _statistics.CodeSize;

    /// <summary>Reads the directions.</summary>
    /// <param name="owner">The model whose codes they are for.</param>
    /// <exception cref="UnderpaintException">They are no numbers, or cannot be read.</exception>
    public DirectionSet Read(CodeOwner owner)
    {
        float[] weights = Network.Read();
        return new()
        {
            Model = owner.Identity,
            Statistics = _statistics.Read(),
            Directions = [.. NamesOf(_count, _onlyName).Select((name, i) => DirectionOf(name, weights[(i * CodeSize)..((i + 1) * CodeSize)]))],
        };
    }

    /// <summary>Tells the plan.</summary>
    /// <param name="path">The file that is made, or the file that it is made of.</param>
    public ImportedDirections Describe(string path) => new(path, CodeSize, NamesOf(_count, _onlyName));

    // A classifier does not tell what an attribute changes in codes, only what tells it from them: both ways of editing follow that.
    private static Direction DirectionOf(string name, float[] weights)
    {
        double length = Math.Sqrt(weights.Sum(weight => (double)weight * weight));
        double scale = length > 0 ? PublishedAmount * Math.Sqrt(weights.Length) / length : 0;
        return new()
        {
            Name = name,
            IsBinary = true,
            Effect = Array.ConvertAll(weights, weight => (float)(weight * scale)),
            Probe = weights,
            ProbeUnit = PublishedAmount,
            Examples = [],
            Warning = "imported: a classifier's weights, which say what tells the attribute from the code, not what it changes",
        };
    }

    private static IReadOnlyList<string> NamesOf(int count, string? onlyName) => count switch
    {
        1 when onlyName is not null => [onlyName],
        _ when count == CelebaAttributeNames.All.Count => CelebaAttributeNames.All,
        _ => [.. Enumerable.Range(1, count).Select(number => FormattableString.Invariant($"attribute-{number}"))],
    };
}
