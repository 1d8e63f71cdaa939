using System.Globalization;

namespace Underpaint.Training;

/// <summary>What to set for a phase that diverged: a third of the learning rates that count in it.</summary>
internal static class GentlerRate
{
    /// <summary>The keys of the learning rates that count in a phase, for a sentence: its own, where it has any.</summary>
    public static string KeysOf(Recipe recipe, Phase phase) => string.Join(" and ", RatesOf(recipe, phase).Select(rate => rate.Key));

    /// <summary>The settings, for a command line: <c>--set "phases[detail].learningRate=3.3e-5"</c>, once for each.</summary>
    public static string SettingsOf(Recipe recipe, Phase phase) => string.Join(' ', RatesOf(recipe, phase)
        .Select(rate => string.Create(CultureInfo.InvariantCulture, $"--set \"{rate.Key}={rate.Value / 3:0.#e-0}\"")));

    private static IEnumerable<(string Key, double Value)> RatesOf(Recipe recipe, Phase phase)
    {
        yield return phase.LearningRate is { } own ? ($"phases[{phase.Name}].learningRate", own) : ("optimizer.learningRate", recipe.Optimizer.LearningRate);
        if (phase.EncoderLearningRate is { } encoder && !phase.FreezeEncoder)
            yield return ($"phases[{phase.Name}].encoderLearningRate", encoder);
    }
}
