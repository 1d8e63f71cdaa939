using Underpaint.Diffusion;

namespace Underpaint.Training;

/// <summary>What phases must be, and which schedules, predictions and weightings go together.</summary>
internal static class RecipePhaseRules
{
    /// <summary>Checks the phases section.</summary>
    public static void Check(IReadOnlyList<Phase> phases, RecipeCheck check)
    {
        if (phases.Count == 0)
            throw check.Fault("phases", "is empty", "Give at least one phase.");
        for (int i = 0; i < phases.Count; i++)
        {
            Check(phases[i], $"phases[{i}]", check);
            if (phases.Take(i).Any(earlier => string.Equals(earlier.Name, phases[i].Name, StringComparison.OrdinalIgnoreCase)))
            {
                throw check.Fault($"phases[{i}].name", $"is \"{phases[i].Name}\", as in an earlier phase",
                    "Give each phase a name of its own.");
            }
        }
    }

    private static void Check(Phase phase, string path, RecipeCheck check)
    {
        double shift = phase.Schedule.Shift;
        double gamma = phase.Weighting.Gamma;
        check.Name($"{path}.name", phase.Name);
        check.Whole($"{path}.images", phase.Images, 1, RecipeCheck.MostImages);
        check.Number($"{path}.schedule.shifted-cosine", shift, shift is > 0 and <= 1000, "above 0, at most 1000");
        if (phase.LearningRate is { } learningRate)
            RecipeRules.LearningRate($"{path}.learningRate", learningRate, check);
        EncoderLearningRate(phase, path, check);
        if (phase.Weighting.Kind == "min-snr")
            check.Number($"{path}.weighting.min-snr", gamma, gamma is > 0 and <= 1e9, "above 0, at most 1e9");
        check.Number($"{path}.rehearsal", phase.Rehearsal, phase.Rehearsal is >= 0 and <= 1, "from 0 to 1");
        CodePenalties(phase, path, check);
        HighestNoise(phase, path, check);
        BoundedWeights(phase, path, check);
    }

    private static void CodePenalties(Phase phase, string path, RecipeCheck check)
    {
        CodePenalty penalty = phase.CodePenalty;
        if (penalty == CodePenalty.None)
            return;
        check.Number($"{path}.codePenalty.{penalty.Kind}", penalty.Weight, penalty.Weight is > 0 and <= 1e9, "above 0, at most 1e9");
        if (phase.FreezeEncoder)
            throw check.Fault($"{path}.codePenalty", $"is \"{penalty.Kind}\", which a frozen encoder cannot follow", "Use \"none\", or let the encoder learn.");
    }

    private static void EncoderLearningRate(Phase phase, string path, RecipeCheck check)
    {
        if (phase.EncoderLearningRate is not { } learningRate)
            return;
        RecipeRules.LearningRate($"{path}.encoderLearningRate", learningRate, check);
        if (phase.FreezeEncoder)
        {
            throw check.Fault($"{path}.encoderLearningRate", "is given, but the encoder is frozen in this phase",
                "Leave out this key or freezeEncoder.");
        }
    }

    // Where α = 0 the noisy image is the noise itself: nothing is left to predict, and weights with a factor α² are zero.
    private static void HighestNoise(Phase phase, string path, RecipeCheck check)
    {
        string? reason = phase.Schedule.Kind == ScheduleKind.HighestNoise ? "the highest-noise schedule"
            : phase.Rehearsal > 0 ? "rehearsal at the highest noise"
            : null;
        if (reason is null)
            return;
        if (phase.Predict == Prediction.Noise)
            throw check.Fault($"{path}.predict", $"is \"noise\", which {reason} leaves undefined", "Use \"velocity\".");
        if (phase.Weighting.Kind is "min-snr" or "noise")
        {
            throw check.Fault($"{path}.weighting", $"is \"{phase.Weighting.Kind}\", which weighs {reason} with zero",
                "Use \"uniform\" or \"image\".");
        }
    }

    // The continuous schedules come arbitrarily near to pure noise and to a clean image, where these weights have no limit.
    private static void BoundedWeights(Phase phase, string path, RecipeCheck check)
    {
        bool isContinuous = phase.Schedule.Kind is ScheduleKind.Cosine or ScheduleKind.ShiftedCosine;
        bool isUnbounded = phase.Predict switch
        {
            Prediction.Noise => phase.Weighting == LossWeighting.Image,
            Prediction.Image => phase.Weighting == LossWeighting.Noise,
            _ => false,
        };
        if (isContinuous && isUnbounded)
        {
            throw check.Fault($"{path}.weighting", $"is \"{phase.Weighting.Kind}\", whose weights have no limit on this schedule "
                + "for what the network predicts", "Use \"uniform\", or \"predict\": \"velocity\".");
        }
    }
}
