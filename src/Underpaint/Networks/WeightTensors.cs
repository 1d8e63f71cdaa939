using Underpaint.Storage;

namespace Underpaint.Networks;

/// <summary>Between flat weights and named tensors in a file.</summary>
internal static class WeightTensors
{
    // As bytes, an array of more could not be looked at as a whole.
    private const long MostWeights = int.MaxValue / sizeof(float);

    private const string Remedy = "Use the file with the recipe that it was made with.";

    /// <summary>Each weight's part of <paramref name="values"/>, by name.</summary>
    public static IReadOnlyList<TensorData> Describe(WeightSet weights, float[] values) =>
        [.. weights.All.Select(weight => TensorData.Floats(weight.Name, weight.Shape, values.AsMemory((int)weight.Offset, (int)weight.Length)))];

    /// <summary>All weights from a file, in the order of <see cref="WeightSet.All"/>; every tensor must be accounted for.</summary>
    /// <exception cref="FileFormatException">Tensors are missing, unexpected or of another shape: see <see cref="WeightMismatch"/>.</exception>
    public static float[] Read(SafetensorsFile file, WeightSet weights) =>
        Read(file, file.Tensors.Keys.ToDictionary(name => name, StringComparer.Ordinal), weights, Remedy);

    /// <summary>All weights from tensors whose names in the file are not those of the weights.</summary>
    /// <param name="file">The file.</param>
    /// <param name="names">The name in the file of each tensor that should be a weight, by the weight's name.</param>
    /// <param name="weights">The network's weights.</param>
    /// <param name="remedy">What to do where they do not fit.</param>
    /// <exception cref="FileFormatException">Tensors are missing, unexpected or of another shape: see <see cref="WeightMismatch"/>.</exception>
    public static float[] Read(ITensorFile file, IReadOnlyDictionary<string, string> names, WeightSet weights, string remedy)
    {
        Check(file, names, weights, remedy);
        var values = new float[weights.Count];
        foreach (Weight weight in weights.All)
            file.ReadFloats(names[weight.Name]).CopyTo(values, weight.Offset);
        return values;
    }

    /// <summary>Compares tensors with the weights that they should be, without reading them.</summary>
    /// <inheritdoc cref="Read(ITensorFile, IReadOnlyDictionary{string, string}, WeightSet, string)"/>
    public static void Check(ITensorFile file, IReadOnlyDictionary<string, string> names, WeightSet weights, string remedy)
    {
        if (Compare(file, names, weights) is { } mismatch)
            throw new FileFormatException(file.Path, $"does not fit the model's network: {mismatch.InWords}", remedy);
        if (weights.Count > MostWeights)
            throw new FileFormatException(file.Path, $"has {weights.Count} weights; at most {MostWeights} can be held", "Use a smaller model.");
    }

    /// <summary>How tensors differ from the weights that they should be; null where they do not.</summary>
    /// <param name="file">The file.</param>
    /// <param name="names">The name in the file of each tensor that should be a weight, by the weight's name.</param>
    /// <param name="weights">The network's weights.</param>
    public static WeightMismatch? Compare(ITensorFile file, IReadOnlyDictionary<string, string> names, WeightSet weights) =>
        WeightMismatch.Of(weights, file.ShapesOf(names));
}
