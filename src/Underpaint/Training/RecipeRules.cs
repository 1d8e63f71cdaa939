namespace Underpaint.Training;

/// <summary>What every recipe must keep to, whether it was read from a file or made in code.</summary>
public static class RecipeRules
{
    private const int MostMilestones = 1000;

    // In float32 smaller numbers become 0, by which Adam would divide.
    private const double LeastEpsilon = 1e-30;

    /// <summary>Checks every value of a recipe, and the values against each other.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="source">What errors call the recipe. Default: "Recipe NAME".</param>
    /// <exception cref="RecipeException">A value is impossible; only the first one found is reported.</exception>
    public static void Check(Recipe recipe, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var check = new RecipeCheck(source ?? $"Recipe {RecipePath.Shorten(recipe.Name)}");
        check.Name("name", recipe.Name);
        Check(recipe.Start, recipe.Model.CodeSpread, check);
        check.Whole("data.size", recipe.Data.Size, RecipeModelRules.SmallestSize, RecipeModelRules.LargestSize);
        RecipeModelRules.Check(recipe.Model, recipe.Data.Size, check);
        RecipePhaseRules.Check(recipe.Phases, check);
        Check(recipe.Optimizer, check);
        Check(recipe.Ema, check);
        Check(recipe.Checkpoint, check);
        check.Whole("validation.every", recipe.Validation.Every, 1, RecipeCheck.MostImages);
        check.Whole("validation.images", recipe.Validation.Images, 1, 1024);
        check.Whole("validation.steps", recipe.Validation.Steps, 1, 1000);
        check.Whole("validation.heldOut", recipe.Validation.HeldOut, 0, 1_000_000);
    }

    private static void Milestones(IReadOnlyList<long> milestones, RecipeCheck check)
    {
        if (milestones.Count > MostMilestones)
            throw check.Fault("checkpoint.milestones", $"has {milestones.Count} numbers", $"Give at most {MostMilestones}.");
        for (int i = 0; i < milestones.Count; i++)
        {
            check.Whole($"checkpoint.milestones[{i}]", milestones[i], 1, RecipeCheck.MostImages);
            if (i > 0 && milestones[i] <= milestones[i - 1])
            {
                throw check.Fault($"checkpoint.milestones[{i}]", $"is {milestones[i]}, after {milestones[i - 1]}",
                    "Write them in rising order, each once.");
            }
        }
    }

    private static void Check(StartOptions? start, double codeSpread, RecipeCheck check)
    {
        if (start is null)
            return;
        check.Name("start.model", start.Model);
        check.Whole("start.imagesSeen", start.ImagesSeen, 0, RecipeCheck.MostImages);
        if (start.Sha256.Length != 64 || !start.Sha256.All(char.IsAsciiHexDigitLower))
            throw check.Fault("start.sha256", $"is \"{RecipePath.Shorten(start.Sha256)}\"", "Use 64 digits and letters from a to f.");
        if (codeSpread > 0)
            throw check.Fault("model.codeSpread", RecipeCheck.Invariant($"is {codeSpread}, which would change what the start's encoder has learnt"), "Use 0.");
    }

    /// <summary>The optimiser's section.</summary>
    internal static void Check(OptimizerOptions optimizer, RecipeCheck check)
    {
        LearningRate("optimizer.learningRate", optimizer.LearningRate, check);
        check.Whole("optimizer.batch", optimizer.Batch, 1, 65_536);
        check.Number("optimizer.clip", optimizer.Clip, optimizer.Clip is >= 0 and <= 1e9, "from 0 (no clipping) to 1e9");
        check.Whole("optimizer.warmup", optimizer.Warmup, 0, RecipeCheck.MostImages);
        check.Number("optimizer.weightDecay", optimizer.WeightDecay, optimizer.WeightDecay is >= 0 and <= 1, "from 0 to 1");
        check.Number("optimizer.beta1", optimizer.Beta1, optimizer.Beta1 is >= 0 and < 1, "from 0 to below 1");
        check.Number("optimizer.beta2", optimizer.Beta2, optimizer.Beta2 is >= 0 and < 1, "from 0 to below 1");
        check.Number("optimizer.epsilon", optimizer.Epsilon, optimizer.Epsilon is >= LeastEpsilon and <= 1, "from 1e-30 to 1");
    }

    /// <summary>The section on checkpoints.</summary>
    internal static void Check(CheckpointOptions checkpoint, RecipeCheck check)
    {
        check.Whole("checkpoint.every", checkpoint.Every, 1, RecipeCheck.MostImages);
        check.Whole("checkpoint.keep", checkpoint.Keep, 2, 1000);
        Milestones(checkpoint.Milestones, check);
    }

    /// <summary>The section on the average of the weights.</summary>
    internal static void Check(EmaOptions ema, RecipeCheck check)
    {
        check.Number("ema.halfLife", ema.HalfLife, ema.HalfLife is > 0 and <= RecipeCheck.MostImages, "above 0, at most 1e12");
        check.Number("ema.rampUp", ema.RampUp, ema.RampUp is >= 0 and <= 1, "from 0 (off) to 1");
    }

    /// <summary>A learning rate, the optimiser's or a phase's.</summary>
    internal static void LearningRate(string path, double value, RecipeCheck check) =>
        check.Number(path, value, value is > 0 and < 1, "above 0 and below 1, such as 1e-4");
}
