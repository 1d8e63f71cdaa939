using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>What every experiment must keep to, whether it was read from a file or made in code. Recipes have rules of their own.</summary>
public static class ExperimentRules
{
    private const int MostSteps = 1000;

    /// <summary>Checks every value of an experiment, and the values against each other.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="source">What errors call it. Default: "Experiment NAME".</param>
    /// <exception cref="RecipeException">A value is impossible; only the first one found is reported.</exception>
    public static void Check(Experiment experiment, string? source = null)
    {
        var check = new RecipeCheck(source ?? $"Experiment {RecipePath.Shorten(experiment.Name)}");
        FolderName("name", experiment.Name, check);
        check.Whole("images", experiment.Images, 1, RecipeCheck.MostImages);
        Seeds("seeds", experiment.Seeds, check);
        Filled("arms", experiment.Arms, check);
        for (int i = 0; i < experiment.Arms.Count; i++)
            Arm($"arms[{i}]", experiment.Arms[i], experiment.Arms.Take(i), check);
        Filled("evaluations", experiment.Evaluations, check);
        for (int i = 0; i < experiment.Evaluations.Count; i++)
            Evaluation($"evaluations[{i}]", experiment.Evaluations[i], experiment, check);
        if (experiment.Measures.Probe is { } probe)
            check.Whole("measures.probe", probe, 1, int.MaxValue);
        if (experiment.Measures.Interpolations is { } pairs)
            check.Whole("measures.interpolations", pairs, 1, int.MaxValue);
    }

    private static void Arm(string path, ExperimentArm arm, IEnumerable<ExperimentArm> earlier, RecipeCheck check)
    {
        FolderName($"{path}.name", arm.Name, check);
        if (earlier.Any(other => string.Equals(other.Name, arm.Name, StringComparison.OrdinalIgnoreCase)))
            throw check.Fault($"{path}.name", $"is \"{arm.Name}\", as in an earlier arm", "Give each arm a name of its own.");
        if (arm.Seeds is { } seeds)
            Seeds($"{path}.seeds", seeds, check);
    }

    private static void Evaluation(string path, ExperimentEvaluation evaluation, Experiment experiment, RecipeCheck check)
    {
        if (evaluation.On == EvaluationImages.Test && experiment.Data.Test is null)
            throw check.Fault($"{path}.on", "is \"test\", and the experiment has no test images", "Name them in data.test.");
        check.Whole($"{path}.images", evaluation.Images, 1, int.MaxValue);
        for (int i = 0; i < evaluation.At.Count; i++)
        {
            check.Whole($"{path}.at[{i}]", evaluation.At[i], 1, experiment.Images);
            if (i > 0 && evaluation.At[i] <= evaluation.At[i - 1])
                throw check.Fault($"{path}.at[{i}]", $"is {evaluation.At[i]}, after {evaluation.At[i - 1]}", "Write them in rising order, each once.");
        }
        Choices($"{path}.steps", evaluation.Steps, check);
        for (int i = 0; i < evaluation.Steps.Count; i++)
            check.Whole($"{path}.steps[{i}]", evaluation.Steps[i], 1, MostSteps);
        Choices($"{path}.solvers", evaluation.Solvers, check);
        Choices($"{path}.grids", evaluation.Grids, check);
        Choices($"{path}.codes", evaluation.Inverted, check);
    }

    private static void Seeds(string path, IReadOnlyList<long> seeds, RecipeCheck check)
    {
        Choices(path, seeds, check);
        for (int i = 0; i < seeds.Count; i++)
            check.Whole($"{path}[{i}]", seeds[i], 0, long.MaxValue);
    }

    private static void Choices<T>(string path, IReadOnlyList<T> values, RecipeCheck check)
    {
        Filled(path, values, check);
        if (values.Distinct().Count() < values.Count)
            throw check.Fault(path, "has the same value twice", "Give each value once.");
    }

    private static void Filled<T>(string path, IReadOnlyList<T> values, RecipeCheck check)
    {
        if (values.Count == 0)
            throw check.Fault(path, "is empty", "Give at least one.");
    }

    // Stricter than a recipe's name: it is the name of a folder as it stands.
    private static void FolderName(string path, string name, RecipeCheck check)
    {
        check.Name(path, name);
        if (name.Any(c => !char.IsAscii(c) || c == ' '))
            throw check.Fault(path, $"is \"{RecipePath.Shorten(name)}\"", "It names a folder: use the letters a to z, digits, -, _ and . only.");
    }
}
