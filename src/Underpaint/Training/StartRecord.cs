namespace Underpaint.Training;

/// <summary>The first line of <c>metrics.jsonl</c> of a run that goes on from a model.</summary>
public sealed record StartRecord
{
    /// <summary>"start".</summary>
    public string Kind { get; } = "start";

    /// <summary>Images seen in this run: 0.</summary>
    public long ImagesSeen { get; }

    /// <summary>The name of the recipe that the model was trained by.</summary>
    public required string Model { get; init; }

    /// <summary>How many images it was trained on; 0 where that is not known.</summary>
    public required long ModelImagesSeen { get; init; }

    /// <summary>SHA-256 of its weights, in hexadecimal.</summary>
    public required string Sha256 { get; init; }
}
