namespace Underpaint.Exchange;

/// <summary>What a published model says about itself that no file tells.</summary>
public sealed record ExportOptions
{
    /// <summary>The licence's identifier, as model hubs know it: "cc-by-4.0", "mit". An ONNX folder has no card to say it. Default "unknown".</summary>
    public string License { get; init; } = "unknown";

    /// <summary>The data sets' names, for the card, too. Default: what a run was trained on, without its folder.</summary>
    public IReadOnlyList<string> Datasets { get; init; } = [];

    /// <summary>
    /// A directions file of this model, whose directions and code statistics go into an ONNX folder, so that images can be edited with it. Default none.
    /// </summary>
    public string? Directions { get; init; }

    /// <summary>A latent model of this model, whose network goes into an ONNX folder, so that new images can be made with it. Default none.</summary>
    public string? Latent { get; init; }
}
