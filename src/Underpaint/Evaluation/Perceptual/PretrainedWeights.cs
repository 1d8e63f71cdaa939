using Underpaint.Networks;
using Underpaint.Storage;
using static TorchSharp.torch;

namespace Underpaint.Evaluation.Perceptual;

/// <summary>Fills a network with weights that others trained and published.</summary>
internal static class PretrainedWeights
{
    private const int NamesShown = 12;

    /// <summary>Reads every weight of a network from a file.</summary>
    /// <param name="path">A file of PyTorch's or a safetensors file, with the published names.</param>
    /// <param name="weights">The network's; allocated here.</param>
    /// <param name="isSpare">Which tensors the file may hold though the network has no use for them, such as its classifier's.</param>
    /// <param name="device">Where the weights go. Default the CPU.</param>
    /// <exception cref="FileFormatException">
    /// The file is damaged, or tensors are missing, unexpected, of another shape or not finite: all are told at once.
    /// </exception>
    /// <exception cref="UnderpaintException">The file is missing or cannot be read.</exception>
    public static void Load(string path, WeightSet weights, Func<string, bool> isSpare, Device? device = null)
    {
        using WeightFile file = WeightFile.Open(path);
        RequireFit(file, weights, isSpare);
        var values = new float[weights.Count];
        var broken = new List<string>();
        foreach (Weight weight in weights.All)
        {
            float[] numbers = file.ReadFloats(weight.Name);
            if (!numbers.All(float.IsFinite))
                broken.Add(weight.Name);
            numbers.CopyTo(values, weight.Offset);
        }
        if (broken.Count > 0)
            throw Misfit(path, [Told(broken, "tensor has", "tensors have", "numbers that are not finite")]);
        weights.Allocate(device);
        weights.Load(values);
    }

    private static void RequireFit(WeightFile file, WeightSet weights, Func<string, bool> isSpare)
    {
        ILookup<bool, Weight> byPresence = weights.All.ToLookup(weight => file.Shapes.ContainsKey(weight.Name));
        var names = weights.All.Select(weight => weight.Name).ToHashSet(StringComparer.Ordinal);
        string[] problems =
        [
            Told([.. byPresence[false].Select(weight => weight.Name)], "tensor is", "tensors are", "missing"),
            Told([.. file.Shapes.Keys.Where(name => !names.Contains(name) && !isSpare(name)).Select(Quotation.Of)],
                "tensor is", "tensors are", "unexpected"),
            Told([.. byPresence[true].Where(weight => !weight.Shape.SequenceEqual(file.Shapes[weight.Name])).Select(weight =>
                $"{weight.Name} is {Sizes(file.Shapes[weight.Name])} instead of {Sizes(weight.Shape)}")],
                "tensor is", "tensors are", "of another shape"),
        ];
        if (problems.Any(problem => problem.Length > 0))
            throw Misfit(file.Path, problems);
    }

    // "2 tensors are missing (a, b)"; nothing if there are none.
    private static string Told(List<string> names, string singular, string plural, string problem) => names.Count == 0
        ? ""
        : $"{names.Count} {(names.Count == 1 ? singular : plural)} {problem} ({string.Join(", ", names.Take(NamesShown))}"
            + $"{(names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "")})";

    private static string Sizes(IReadOnlyList<long> shape) => shape.Count == 0 ? "a single number" : string.Join('×', shape);

    private static FileFormatException Misfit(string path, IEnumerable<string> problems) => new(
        path, $"does not hold the weights that this metric needs: {string.Join("; ", problems.Where(problem => problem.Length > 0))}",
        "Use the file as it was published, or a safetensors file with the same names; docs/metrics.md lists the files.");
}
