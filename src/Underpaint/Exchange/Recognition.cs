using Underpaint.Storage;

namespace Underpaint.Exchange;

/// <summary>Tells the official files that hold no autoencoder, or more than one, from those that can be imported.</summary>
internal static class Recognition
{
    private const string ImportAutoencoder = "Import the checkpoint of the autoencoder that it belongs to.";

    /// <summary>Refuses what cannot be imported whole.</summary>
    /// <exception cref="FileFormatException">The file is of another kind; it is named.</exception>
    public static void Check(ITensorFile file, OfficialTensors tensors)
    {
        if (Reason(tensors) is var (problem, remedy))
            throw new FileFormatException(file.Path, problem, remedy);
    }

    private static (string Problem, string Remedy)? Reason(OfficialTensors tensors)
    {
        bool hasNetworks = tensors.Average.Count + tensors.Live.Count + tensors.Only.Count > 0;
        if (tensors.Has(OfficialPart.LatentNetwork) || tensors.Unknown.Any(IsLatentLayer))
            return ("is a latent DPM checkpoint of Diff-AE: it holds latent_net, a network over codes, for which Underpaint has no place yet", ImportAutoencoder);
        if (tensors.Has(OfficialPart.Classifier))
            return ("is a classifier checkpoint of Diff-AE: it holds directions of attributes, for which Underpaint has no place yet", ImportAutoencoder);
        if (tensors.Has(OfficialPart.Codes) && !hasNetworks)
            return ("is a latent.pkl of Diff-AE: it holds the codes of a data set, and no model", ImportAutoencoder);
        if (!hasNetworks)
            return ("holds no model of Diff-AE" + Example(tensors), "Give an official Diff-AE checkpoint, or safetensors with its names.");
        return tensors.Has("encoder.")
            ? null
            : ("is a plain diffusion model: it has no encoder, so it is no diffusion autoencoder" + Example(tensors), "Give the checkpoint of an autoencoder.");
    }

    // latent_net alone, without a prefix.
    private static bool IsLatentLayer(string name) =>
        name.StartsWith("layers.", StringComparison.Ordinal) && name.Contains(".linear", StringComparison.Ordinal);

    private static string Example(OfficialTensors tensors) =>
        tensors.Unknown.Count > 0 ? $" (but {Quotation.Of(tensors.Unknown[0])}, among {tensors.Unknown.Count} unknown tensors)" : "";
}
