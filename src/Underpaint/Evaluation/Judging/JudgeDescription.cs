using System.Text.Json.Serialization;

namespace Underpaint.Evaluation.Judging;

/// <summary>What a judge's file says about itself.</summary>
public sealed record JudgeDescription
{
    /// <summary>Tells one judge from another: the first hexadecimal digits of its weights' SHA-256.</summary>
    [JsonIgnore]
    public string Identity { get; init; } = "";

    /// <summary>The version of the judge's network.</summary>
    public required int Version { get; init; }

    /// <summary>How it was built and trained.</summary>
    public required JudgeOptions Options { get; init; }

    /// <summary>What it tells about an image.</summary>
    public required IReadOnlyList<JudgeQuestion> Questions { get; init; }

    /// <summary>The images that it knows, for people.</summary>
    public required string Data { get; init; }

    /// <summary>Their fingerprint.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>How many images it was trained on.</summary>
    public required int TrainingImages { get; init; }

    /// <summary>How many images, not among these, it was tried on.</summary>
    public required int HeldOutImages { get; init; }

    /// <summary>How well it did there, question by question.</summary>
    public required IReadOnlyList<JudgeScore> Scores { get; init; }

    /// <summary>"float32" or "bfloat16": the type of the activations in training. A judge always answers in float32.</summary>
    public required string Precision { get; init; }

    /// <summary>CPU threads in training.</summary>
    public required int Threads { get; init; }

    /// <summary>Whether a judge of these images and options would be this one, but for the machine.</summary>
    /// <param name="fingerprint">The images' fingerprint.</param>
    /// <param name="options">The options.</param>
    public bool Fits(string fingerprint, JudgeOptions options) =>
        Version == JudgeNetwork.Version && Fingerprint == fingerprint && Options == options;

    /// <summary>How well it did, in words: "held-out accuracy 81.4 %", or the means over its questions.</summary>
    public string Quality()
    {
        double[] accuracies = [.. Scores.Select(score => score.Accuracy).OfType<double>()];
        double[] explained = [.. Scores.Select(score => score.R2).OfType<double>()];
        string accuracy = accuracies.Length == 0 ? "" : FormattableString.Invariant($"held-out accuracy {100 * accuracies.Average():0.0} %");
        string numbers = explained.Length == 0 ? "" : FormattableString.Invariant($"held-out R² {explained.Average():0.000}");
        return string.Join(", ", new[] { accuracy, numbers }.Where(part => part.Length > 0));
    }
}
