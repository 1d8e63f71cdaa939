using System.Globalization;
using Underpaint.Codes.Latents;
using Underpaint.Networks;
using Underpaint.Storage;

namespace Underpaint.Exchange;

/// <summary>What an import is going to make of the latent DPM in a file.</summary>
internal sealed class LatentPlan
{
    private const string Prefix = OfficialPart.LatentNetwork;
    private const string FirstLayer = "layers.0.linear.weight";

    // The official code stores this tensor under two names.
    private const string FirstName = ".linear_emb.", SecondName = ".cond_layers.1.";

    // As in the recipe of a latent model: see LatentRecipeJson.
    private const int MostLayers = 100, MostNumbers = 65_536;

    private readonly ITensorFile _file;
    private readonly OfficialTraining _training;
    private readonly OfficialStatistics _statistics;
    private readonly LatentNetworkOptions _sizes;
    private readonly IReadOnlyDictionary<string, string> _secondNames;

    /// <summary>Infers its sizes; no tensor is read.</summary>
    /// <param name="file">The file; stays the caller's.</param>
    /// <param name="tensors">All of the file.</param>
    /// <param name="set">The set of weights that is taken.</param>
    /// <param name="training">What the file says about its training.</param>
    /// <exception cref="FileFormatException">Its sizes cannot be told, or it is of a kind that Underpaint does not have.</exception>
    public LatentPlan(ITensorFile file, OfficialTensors tensors, OfficialSet set, OfficialTraining training)
    {
        (_file, _training) = (file, training);
        training.CheckLatent(file.Path);
        Dictionary<string, string> names = set.Under(Prefix);
        _secondNames = names.Where(name => name.Key.Contains(SecondName, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        foreach ((string second, string name) in _secondNames)
        {
            names.Remove(second);
            names.TryAdd(second.Replace(SecondName, FirstName, StringComparison.Ordinal), name);
        }
        (_sizes, int codeSize) = SizesOf(file, names);
        _statistics = OfficialStatistics.Of(file, tensors, codeSize);
        Network = new(file, Prefix, names, new LatentNetwork(_sizes, codeSize).Weights);
    }

    /// <summary>Its tensors.</summary>
    public OfficialNetwork Network { get; }

    /// <summary>Numbers in a code.</summary>
    public int CodeSize => _statistics.CodeSize;

    /// <summary>Reads the latent model.</summary>
    /// <param name="owner">The model whose codes it makes.</param>
    /// <exception cref="UnderpaintException">Its weights are no numbers, or cannot be read.</exception>
    public LatentContent Read(CodeOwner owner)
    {
        float[] weights = Network.Read();
        CheckSecondNames();
        return new(new()
        {
            Model = owner.Identity,
            Data = $"images that {Path.GetFileName(_file.Path)} does not tell",
            Codes = 0,
            CodesSha256 = null,
            Statistics = _statistics.Read(),
            ImagesSeen = _training.ImagesSeen ?? 0,
            Recipe = RecipeOf(_training, _sizes),
        }, weights);
    }

    /// <summary>Tells the plan.</summary>
    /// <param name="path">The file that is made, or the file that it is made of.</param>
    public ImportedLatent Describe(string path) =>
        new(path, CodeSize, _sizes.Layers, _sizes.Width, _training.ImagesSeen ?? 0, Network.Layout.Count, Network.Layout.All.Count);

    // What was trained elsewhere has a recipe as far as it is known; the rest of it are our defaults.
    private static LatentRecipe RecipeOf(OfficialTraining training, LatentNetworkOptions sizes)
    {
        var defaults = new LatentRecipe();
        return defaults with
        {
            Network = sizes,
            Images = training.ImagesSeen ?? 1,
            Optimizer = defaults.Optimizer with { Batch = training.Batch ?? defaults.Optimizer.Batch },
        };
    }

    private static (LatentNetworkOptions Sizes, int CodeSize) SizesOf(ITensorFile file, Dictionary<string, string> names)
    {
        IReadOnlyDictionary<string, IReadOnlyList<long>> shapes = file.ShapesOf(names);
        if (!shapes.TryGetValue(FirstLayer, out IReadOnlyList<long>? first) || first is not [>= 1 and <= MostNumbers and var width, >= 1 and <= MostNumbers and var code])
            throw new FileFormatException(file.Path, "does not tell the sizes of its latent network: "
                + (first is null ? $"{Prefix}{FirstLayer} is missing" : $"{Prefix}{FirstLayer} is {string.Join('×', first)}"), ImportPlan.Remedy);
        int last = names.Keys.Where(name => name.StartsWith("layers.", StringComparison.Ordinal))
            .Max(name => int.TryParse(name.Split('.')[1], NumberStyles.None, CultureInfo.InvariantCulture, out int layer) ? layer : -1);
        return last is >= 1 and < MostLayers
            ? (new() { Width = (int)width, Layers = last + 1 }, (int)code)
            : throw new FileFormatException(file.Path, $"has a latent network of {last + 1L} layers; 2 to {MostLayers} are possible", ImportPlan.Remedy);
    }

    private void CheckSecondNames()
    {
        foreach ((string second, string name) in _secondNames)
        {
            string first = Network.Names[second.Replace(SecondName, FirstName, StringComparison.Ordinal)];
            if (first != name && !_file.ReadFloats(first).AsSpan().SequenceEqual(_file.ReadFloats(name)))
                throw new FileFormatException(_file.Path, $"has two different tensors, {first} and {name}, where Diff-AE has one under two names", ImportPlan.Remedy);
        }
    }
}
