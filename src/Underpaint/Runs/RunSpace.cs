using System.Globalization;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>What a run's saves take on the disk, estimated from the sizes of its networks.</summary>
/// <param name="CheckpointBytes">One checkpoint.</param>
/// <param name="ModelBytes">The model file.</param>
/// <param name="Keep">How many checkpoints are kept.</param>
/// <param name="Milestones">How many model files are kept beside the newest.</param>
/// <param name="LookBytes">The pictures of one look at the validation images, at most.</param>
/// <param name="Looks">How many looks there are.</param>
public sealed record RunSpace(long CheckpointBytes, long ModelBytes, int Keep, int Milestones = 0, long LookBytes = 0, long Looks = 0)
{
    // The weights, their average, and Adam's two moments, in 32 bits each.
    private const int CheckpointBytesPerWeight = 4 * sizeof(float);

    // The report, lines of metrics, headers.
    private const long Spare = 4L << 20;

    /// <summary>What the next save needs: everything is written anew before anything old goes.</summary>
    public long NextSaveBytes => CheckpointBytes + ModelBytes + LookBytes + Spare;

    /// <summary>The most that the saves of the whole run take, while the last one is written.</summary>
    public long MostBytes => (Keep + 1) * CheckpointBytes + (2 + Milestones) * ModelBytes + Looks * LookBytes + Spare;

    /// <summary>Estimates the saves of a run.</summary>
    /// <param name="weights">Numbers in both networks.</param>
    /// <param name="recipe">What is kept, and how often the validation images are looked at.</param>
    public static RunSpace Of(long weights, Recipe recipe)
    {
        var plan = new PhasePlan(recipe);
        return Of(weights, recipe.Checkpoint) with
        {
            LookBytes = RunPictures.MostBytesOf(recipe),
            Looks = plan.End / recipe.Validation.Every + plan.Spans.Count,
        };
    }

    /// <summary>Estimates the saves of a training without pictures.</summary>
    /// <param name="weights">Numbers in its networks.</param>
    /// <param name="checkpoint">What is kept.</param>
    public static RunSpace Of(long weights, CheckpointOptions checkpoint) =>
        new(weights * CheckpointBytesPerWeight, weights * sizeof(float), checkpoint.Keep, checkpoint.Milestones.Count);

    /// <summary>"640 B", "12.3 MB".</summary>
    internal static string Text(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        double value = bytes;
        int unit = 0;
        for (; value >= 999.5 && unit < units.Length - 1; unit++)
            value /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {units[unit]}");
    }
}
