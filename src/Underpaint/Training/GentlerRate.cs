using System.Globalization;

namespace Underpaint.Training;

/// <summary>What to set for a phase that diverged: a third of the learning rate that counts in it.</summary>
internal static class GentlerRate
{
    /// <summary>The key of the learning rate that counts in a phase: its own, where it has one.</summary>
    public static string KeyOf(Phase phase) => phase.LearningRate is null ? "optimizer.learningRate" : $"phases[{phase.Name}].learningRate";

    /// <summary>The setting, for a command line: <c>"phases[detail].learningRate=3.3e-5"</c>, quotes included.</summary>
    public static string SettingOf(Recipe recipe, Phase phase)
    {
        double rate = (phase.LearningRate ?? recipe.Optimizer.LearningRate) / 3;
        return string.Create(CultureInfo.InvariantCulture, $"\"{KeyOf(phase)}={rate:0.#e-0}\"");
    }
}
