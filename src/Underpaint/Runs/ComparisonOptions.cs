using Underpaint.Diffusion;
using Underpaint.Evaluation;

namespace Underpaint.Runs;

/// <summary>How runs are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The images to judge by; null for those that the first run held out. Default null.</summary>
    public string? Data { get; init; }

    /// <summary>How each run is judged. Default 1, 5, 20 and 100 steps on the first 256 images.</summary>
    public EvaluationOptions Evaluation { get; init; } = new()
    {
        Limit = 256,
        Decodings = Decoding.All([1, 5, 20, 100], [StandardDecoding.Solver], StandardDecoding.Grid),
    };

    /// <summary>How many images are shown; they are spread evenly over those judged. Default 6.</summary>
    public int Shown { get; init; } = 6;

    /// <summary>Whether runs are compared although their data, image sizes or versions of metrics differ. Default false.</summary>
    public bool AllowDifferences { get; init; }

    /// <summary>"auto", "cpu" or "cuda". Default "auto".</summary>
    public string Device { get; init; } = "auto";

    /// <summary>"float32", "bfloat16" or "auto". Default "auto".</summary>
    public string Precision { get; init; } = "auto";
}
