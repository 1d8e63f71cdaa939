using Underpaint.Training;

namespace Underpaint.Exchange;

/// <summary>A model file that an import made.</summary>
public sealed record ImportedModel
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The recipe in it: sizes as inferred, and the baseline's training.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>How many images the model was trained on; 0 where that is not known.</summary>
    public required long ImagesSeen { get; init; }

    /// <summary>How many numbers the networks have.</summary>
    public required long Weights { get; init; }

    /// <summary>How many tensors became weights.</summary>
    public required int Tensors { get; init; }
}
