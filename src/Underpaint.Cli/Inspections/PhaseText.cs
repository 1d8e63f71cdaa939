using Underpaint.Diffusion;
using Underpaint.Training;

namespace Underpaint.Cli.Inspections;

/// <summary>The phases of a recipe in words.</summary>
internal static class PhaseText
{
    /// <summary>Adds a line for each phase.</summary>
    public static void AddTo(FactTable facts, Recipe recipe, bool knowsImages = true)
    {
        foreach (PhaseSpan span in new PhasePlan(recipe).Spans)
        {
            string images = knowsImages ? $"{Wording.Images(span.End - span.Start)}, " : "";
            facts.Add($"phase {span.Name}", $"{images}{ScheduleOf(span.Phase.Schedule)}, "
                + $"predicts {PredictionOf(span.Phase.Predict)}");
        }
    }

    private static string ScheduleOf(NoiseSchedule schedule) => schedule.Kind switch
    {
        ScheduleKind.LinearBeta => "linear-beta",
        ScheduleKind.Cosine => "cosine",
        ScheduleKind.ShiftedCosine => FormattableString.Invariant($"shifted-cosine {schedule.Shift}"),
        _ => "highest-noise",
    };

    private static string PredictionOf(Prediction prediction) => prediction switch
    {
        Prediction.Noise => "noise",
        Prediction.Velocity => "velocity",
        _ => "image",
    };
}
