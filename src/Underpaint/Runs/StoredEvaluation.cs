using System.Text.Json.Nodes;
using Underpaint.Data.Sources;

namespace Underpaint.Runs;

/// <summary>One finished piece of judging a model, as it is kept: see <see cref="EvaluationStore"/>.</summary>
internal sealed record StoredEvaluation
{
    /// <summary>All that the figures depend on.</summary>
    public required JsonObject Key { get; init; }

    /// <summary>The images' names.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Images that could not be read.</summary>
    public IReadOnlyList<SkippedImage> Skipped { get; init; } = [];

    /// <summary>What each measure found of every image, by the measure's name.</summary>
    public IReadOnlyDictionary<string, double[][]> Vectors { get; init; } = new Dictionary<string, double[][]>();

    /// <summary>The distances of whole sets, by the metric's key.</summary>
    public IReadOnlyDictionary<string, double> Distances { get; init; } = new Dictionary<string, double>();

    /// <summary>The images that are shown.</summary>
    public IReadOnlyList<StoredPicture> Originals { get; init; } = [];

    /// <summary>What became of them.</summary>
    public IReadOnlyList<StoredPicture> Pictures { get; init; } = [];
}
