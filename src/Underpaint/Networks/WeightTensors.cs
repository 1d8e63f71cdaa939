using Underpaint.Storage;

namespace Underpaint.Networks;

/// <summary>Between flat weights and named tensors in a safetensors file.</summary>
internal static class WeightTensors
{
    /// <summary>Each weight's part of <paramref name="values"/>, by name.</summary>
    public static IReadOnlyList<TensorData> Describe(WeightSet weights, float[] values) =>
        [.. weights.All.Select(weight => TensorData.Floats(weight.Name, weight.Shape, values.AsMemory((int)weight.Offset, (int)weight.Length)))];

    /// <summary>All weights from a file, in the order of <see cref="WeightSet.All"/>; every tensor must be accounted for.</summary>
    /// <exception cref="FileFormatException">Tensors are missing, unexpected or of another shape; all of them are named.</exception>
    public static float[] Read(SafetensorsFile file, WeightSet weights)
    {
        var problems = new List<string>();
        foreach (Weight weight in weights.All)
        {
            if (!file.Tensors.TryGetValue(weight.Name, out TensorEntry? entry))
                problems.Add($"{weight.Name} is missing");
            else if (!entry.Shape.SequenceEqual(weight.Shape))
                problems.Add($"{weight.Name} is {string.Join('×', entry.Shape)} instead of {string.Join('×', weight.Shape)}");
        }
        problems.AddRange(file.Tensors.Keys.Except(weights.All.Select(weight => weight.Name)).Select(name => $"{name} is unexpected"));
        if (problems.Count > 0)
            throw new FileFormatException(file.Path,
                $"does not fit the model's network: {string.Join("; ", problems.Take(10))}{(problems.Count > 10 ? $"; and {problems.Count - 10} more" : "")}",
                "Use the file with the recipe that it was made with.");

        var values = new float[weights.Count];
        foreach (Weight weight in weights.All)
            file.ReadFloats(weight.Name).CopyTo(values, weight.Offset);
        return values;
    }
}
