using Underpaint.Networks;
using Underpaint.Storage;

namespace Underpaint.Exchange;

/// <summary>The tensors of an official file that should be one network's weights.</summary>
/// <param name="File">The file.</param>
/// <param name="Prefix">What stands before the weights' names in a set of the file: "latent_net."; "" for the autoencoder.</param>
/// <param name="Names">The tensors' names in the file, by the weights' names.</param>
/// <param name="Layout">The weights that there should be.</param>
internal sealed record OfficialNetwork(ITensorFile File, string Prefix, IReadOnlyDictionary<string, string> Names, WeightSet Layout)
{
    /// <summary>How the tensors differ from the weights, by the names in a set of the file; null where they do not.</summary>
    public WeightMismatch? Mismatch => WeightTensors.Compare(File, Names, Layout)?.Under(Prefix);

    /// <summary>Reads the weights, in the network's order.</summary>
    /// <exception cref="UnderpaintException">They are no numbers, or cannot be read.</exception>
    public float[] Read()
    {
        float[] values = WeightTensors.Read(File, Names, Layout, ImportPlan.Remedy);
        string[] spoilt = [.. Layout.All.Where(weight => !AreFinite(values.AsSpan((int)weight.Offset, (int)weight.Length))).Select(weight => Prefix + weight.Name)];
        return spoilt.Length == 0
            ? values
            : throw new FileFormatException(File.Path, $"has values that are no numbers in {spoilt.Length} tensors, such as {spoilt[0]}",
                "Its training diverged, or it is damaged: take an older checkpoint.");
    }

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }
        return true;
    }
}
