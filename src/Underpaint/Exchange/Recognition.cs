using Underpaint.Storage;

namespace Underpaint.Exchange;

/// <summary>Tells the official files that hold something to import from all others.</summary>
internal static class Recognition
{
    /// <summary>Refuses a file without anything to import.</summary>
    /// <exception cref="FileFormatException">It is one; what is in it instead is named.</exception>
    public static void Check(OfficialTensors tensors)
    {
        bool hasNetworks = tensors.Average.Count + tensors.Live.Count + tensors.Only.Count > 0;
        if (!hasNetworks && tensors.Find(OfficialPart.Codes) is null)
            throw new FileFormatException(tensors.Path, "holds no model of Diff-AE" + Example(tensors), "Give an official Diff-AE checkpoint, or safetensors with its names.");
    }

    /// <summary>Refuses an autoencoder that is none.</summary>
    /// <exception cref="FileFormatException">It has no encoder.</exception>
    public static void CheckEncoder(OfficialTensors tensors, OfficialSet set)
    {
        if (!set.Autoencoder.Keys.Any(name => name.StartsWith("encoder.", StringComparison.Ordinal)))
            throw new FileFormatException(tensors.Path, "is a plain diffusion model: it has no encoder, so it is no diffusion autoencoder" + Example(tensors),
                "Give the checkpoint of an autoencoder.");
    }

    private static string Example(OfficialTensors tensors) =>
        tensors.Unknown.Count > 0 ? $" (but {Quotation.Of(tensors.Unknown[0])}, among {tensors.Unknown.Count} unknown tensors)" : "";
}
