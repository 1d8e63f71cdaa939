using Underpaint.Training;

namespace Underpaint.Exchange;

/// <summary>What an import made, and of what.</summary>
public sealed record ImportedModel
{
    /// <summary>The model file that was written.</summary>
    public required string Path { get; init; }

    /// <summary>The recipe in it: sizes as inferred, and the baseline's training.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>How many images the model was trained on; 0 where that is not known.</summary>
    public required long ImagesSeen { get; init; }

    /// <summary>How many numbers the networks have.</summary>
    public required long Weights { get; init; }

    /// <summary>How many tensors became weights.</summary>
    public required int Tensors { get; init; }

    /// <summary>Which weights they are: "averaged weights", "live weights", "weights".</summary>
    public required string Kind { get; init; }

    /// <summary>Tensors that a model does without: what they are, and how many.</summary>
    public required IReadOnlyDictionary<string, int> LeftOut { get; init; }

    /// <summary>What no tensor tells, and where it was taken from instead; a sentence each.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }
}
