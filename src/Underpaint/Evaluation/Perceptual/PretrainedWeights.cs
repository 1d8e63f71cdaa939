using Underpaint.Networks;
using Underpaint.Storage;
using static TorchSharp.torch;

namespace Underpaint.Evaluation.Perceptual;

/// <summary>Fills a network with weights that others trained and published.</summary>
internal static class PretrainedWeights
{
    private const string Remedy =
        "Use the file as it was published, or a safetensors file with the same names; docs/metrics.md lists the files.";

    /// <summary>Reads every weight of a network from a file.</summary>
    /// <param name="path">A file of PyTorch's or a safetensors file, with the published names.</param>
    /// <param name="weights">The network's; allocated here.</param>
    /// <param name="isSpare">Which tensors the file may hold though the network has no use for them, such as its classifier's.</param>
    /// <param name="device">Where the weights go. Default the CPU.</param>
    /// <exception cref="FileFormatException">
    /// The file is damaged, or tensors are missing, of another shape or unexpected (told all at once), or not finite.
    /// </exception>
    /// <exception cref="UnderpaintException">The file is missing or cannot be read.</exception>
    public static void Load(string path, WeightSet weights, Func<string, bool> isSpare, Device? device = null)
    {
        using ITensorFile file = AnyTensorFile.Open(path);
        var shapes = new Dictionary<string, IReadOnlyList<long>>(file.Shapes.Where(tensor => !isSpare(tensor.Key)), StringComparer.Ordinal);
        if (WeightMismatch.Of(weights, shapes) is { } mismatch)
            throw new FileFormatException(path, $"does not hold the weights that this metric needs: {mismatch.InWords}", Remedy);
        var values = new float[weights.Count];
        foreach (Weight weight in weights.All)
        {
            float[] numbers = file.ReadFloats(weight.Name);
            if (!numbers.All(float.IsFinite))
                throw new FileFormatException(path, $"has numbers in {weight.Name} that are not finite", Remedy);
            numbers.CopyTo(values, weight.Offset);
        }
        weights.Allocate(device);
        weights.Load(values);
    }
}
