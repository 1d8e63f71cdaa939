using Underpaint.Training;

namespace Underpaint.Reports;

/// <summary>What a model card tells.</summary>
public sealed record ModelCardData
{
    /// <summary>The recipe in the model file.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>How many images the model was trained on; 0 where that is not known.</summary>
    public required long ImagesSeen { get; init; }

    /// <summary>How many numbers the networks have.</summary>
    public required long Weights { get; init; }

    /// <summary>The name of the file with the weights, beside the card.</summary>
    public required string WeightsFile { get; init; }

    /// <summary>Where an imported model came from; null for one that was trained here.</summary>
    public string? Origin { get; init; }

    /// <summary>The licence's identifier, as model hubs know it. Default "unknown".</summary>
    public string License { get; init; } = "unknown";

    /// <summary>The data sets' names. Default none.</summary>
    public IReadOnlyList<string> Datasets { get; init; } = [];

    /// <summary>The training images in words; null where nobody tells.</summary>
    public string? Data { get; init; }

    /// <summary>How well validation images were reconstructed; null where nobody looked.</summary>
    public ValidationRecord? Validation { get; init; }

    /// <summary>Whether anybody knows how long it was trained.</summary>
    internal bool KnowsImages => ImagesSeen > 0 || Origin is null;

    /// <summary>The phase that the model decodes by.</summary>
    internal Phase Phase => new PhasePlan(Recipe).Before(ImagesSeen).Phase;
}
