namespace Underpaint.Exchange;

/// <summary>What official Diff-AE files hold beside the autoencoder's weights, by the names there.</summary>
internal static class OfficialPart
{
    /// <summary>The noise that the sample pictures of the training start from.</summary>
    public const string SampleNoise = "x_T";

    /// <summary>The codes of a whole data set.</summary>
    public const string Codes = "conds";

    /// <summary>The mean of these codes.</summary>
    public const string CodeMean = "conds_mean";

    /// <summary>Their standard deviation.</summary>
    public const string CodeDeviation = "conds_std";

    /// <summary>The linear classifier of attributes.</summary>
    public const string Classifier = "classifier";

    /// <summary>The network of the latent DPM.</summary>
    public const string LatentNetwork = "latent_net.";

    /// <summary>What the training needs to go on: Adam's moments and the like.</summary>
    public const string Training = "training state";

    /// <summary>A part in words.</summary>
    public static string InWords(string part) => part switch
    {
        SampleNoise => "noise of the sample pictures (x_T)",
        CodeMean or CodeDeviation => $"statistics of codes ({part})",
        Training => "training state (optimiser and the like)",
        _ => part,
    };
}
