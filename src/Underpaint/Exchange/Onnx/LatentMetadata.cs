using System.Globalization;
using Underpaint.Codes.Latents;

namespace Underpaint.Exchange.Onnx;

/// <summary>What the graph of a latent model says: all that is needed to make codes with it, as text entries.</summary>
internal static class LatentMetadata
{
    /// <summary>As entries of a file, under the keys of <see cref="OnnxMetadata"/>.</summary>
    public static IReadOnlyDictionary<string, string> EntriesOf(LatentDescription latent) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["underpaint.format"] = "1",
        ["underpaint.identity"] = latent.Model,
        ["underpaint.code"] = latent.CodeSize.ToString(CultureInfo.InvariantCulture),
        // Diff-AE's β = 0.008 for all of 1000 steps; codes are standardised, and implied ones not clamped.
        ["underpaint.schedule"] = "constant-beta",
        ["underpaint.prediction"] = "noise",
        ["underpaint.codeMean"] = NumbersJson.Write(latent.Statistics.Mean),
        ["underpaint.codeDeviation"] = NumbersJson.Write(latent.Statistics.Deviation),
        ["underpaint.imagesSeen"] = latent.ImagesSeen.ToString(CultureInfo.InvariantCulture),
        ["underpaint.recipe"] = LatentRecipeJson.Write(latent.Recipe),
    };
}
