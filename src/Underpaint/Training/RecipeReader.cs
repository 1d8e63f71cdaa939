using System.Text.Json.Nodes;
using Underpaint.Data.Images;
using Underpaint.Diffusion;
using Underpaint.Networks;

namespace Underpaint.Training;

/// <summary>Reads the strict JSON of a recipe; docs/recipes.md describes the format.</summary>
public static class RecipeReader
{
    private static readonly Dictionary<string, ColorMode> Colors =
        new() { ["rgb"] = ColorMode.Rgb, ["grey"] = ColorMode.Grey };

    private static readonly Dictionary<string, ImageCrop> Crops =
        new() { ["middle"] = ImageCrop.Middle, ["celeba"] = ImageCrop.Celeba };

    private static readonly Dictionary<string, Prediction> Predictions =
        new() { ["noise"] = Prediction.Noise, ["velocity"] = Prediction.Velocity, ["image"] = Prediction.Image };

    /// <summary>Reads a recipe from its JSON text.</summary>
    /// <param name="json">The text; at most 1 MiB, 32 levels deep.</param>
    /// <param name="recipe">What errors call the recipe: its file, or "Recipe NAME".</param>
    /// <param name="overrides">Values to change first, each as <c>path=value</c>: <c>model.channels=64</c>,
    /// <c>phases[detail].images=200000</c>. Default none.</param>
    /// <param name="from">The model to go on from: its sizes take the place of the recipe's, and only the phases that follow the
    /// structure phase stay. Default null.</param>
    /// <exception cref="RecipeException">The text is not strict JSON, a key is unknown, missing or given twice, a value is of
    /// the wrong type or impossible, or an override names a place that is not there.</exception>
    public static Recipe Read(string json, string recipe, IEnumerable<string>? overrides = null, ModelDescription? from = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(recipe);
        if (RecipeJson.Parse(json, recipe) is not JsonObject root)
            throw new RecipeException(recipe, "", "is not a JSON object", "A recipe starts with { and ends with }.");

        if (from is not null)
            RecipeContinuation.Prepare(root, from);
        RecipeOverrides.Apply(root, overrides ?? [], recipe);
        RecipePreset.Expand(root, recipe);
        Recipe read = ReadRecipe(new RecipeSection(root, recipe, "", "name", "start", "data", "model", "phases", "optimizer", "ema",
            "checkpoint", "validation", "seed"));
        if (from is not null)
            read = RecipeContinuation.Follow(read, from, recipe);
        RecipeRules.Check(read, recipe);
        return read;
    }

    private static Recipe ReadRecipe(RecipeSection recipe) => new()
    {
        Name = recipe.Text("name"),
        Start = recipe.Has("start") ? ReadStart(recipe.Section("start", "model", "imagesSeen", "sha256")) : null,
        Data = ReadData(recipe.Section("data", "size", "flip", "color", "crop")),
        Model = ReadModel(recipe.Section("model", "channels", "multipliers", "blocks", "attentionAt", "code",
            "encoderMultipliers", "encoderBlocks", "timeEmbedding", "heads", "groups", "codeSpread", "dropout")),
        Phases = [.. recipe.Sections("phases", "name", "images", "schedule", "predict", "learningRate", "encoderLearningRate",
            "weighting", "freezeEncoder", "rehearsal", "codePenalty").Select(ReadPhase)],
        Optimizer = ReadOptimizer(recipe, new()),
        Ema = ReadEma(recipe, new()),
        Checkpoint = ReadCheckpoint(recipe.Section("checkpoint", "every", "keep", "milestones")),
        Validation = ReadValidation(recipe.Section("validation", "every", "images", "steps", "heldOut")),
        Seed = recipe.Long("seed", 0),
    };

    private static StartOptions ReadStart(RecipeSection start) => new()
    {
        Model = start.Text("model"),
        ImagesSeen = start.Long("imagesSeen", 0),
        Sha256 = start.Text("sha256"),
    };

    private static DataOptions ReadData(RecipeSection data)
    {
        var defaults = new DataOptions();
        return new()
        {
            Size = data.Int("size", defaults.Size),
            Color = data.Has("color") ? data.Word("color", Colors) : defaults.Color,
            Crop = data.Has("crop") ? data.Word("crop", Crops) : defaults.Crop,
            Flip = data.Flag("flip", defaults.Flip),
        };
    }

    private static ModelOptions ReadModel(RecipeSection model)
    {
        var defaults = new ModelOptions();
        return new()
        {
            Channels = model.Int("channels", defaults.Channels),
            Multipliers = model.Ints("multipliers", defaults.Multipliers),
            Blocks = model.Int("blocks", defaults.Blocks),
            AttentionAt = model.Ints("attentionAt", defaults.AttentionAt),
            Code = model.Int("code", defaults.Code),
            EncoderMultipliers = model.Ints("encoderMultipliers", defaults.EncoderMultipliers),
            EncoderBlocks = model.Int("encoderBlocks", defaults.EncoderBlocks),
            TimeEmbedding = model.Int("timeEmbedding", defaults.TimeEmbedding),
            Heads = model.Int("heads", defaults.Heads),
            Groups = model.Int("groups", defaults.Groups),
            CodeSpread = model.Number("codeSpread", defaults.CodeSpread),
            Dropout = model.Number("dropout", defaults.Dropout),
        };
    }

    private static Phase ReadPhase(RecipeSection phase) => new()
    {
        Name = phase.Text("name"),
        Images = phase.Long("images"),
        Schedule = ReadSchedule(phase),
        Predict = phase.Word("predict", Predictions),
        LearningRate = phase.Has("learningRate") ? phase.Number("learningRate") : null,
        EncoderLearningRate = phase.Has("encoderLearningRate") ? phase.Number("encoderLearningRate") : null,
        Weighting = phase.Has("weighting") ? ReadWeighting(phase) : LossWeighting.Uniform,
        FreezeEncoder = phase.Flag("freezeEncoder", false),
        Rehearsal = phase.Number("rehearsal", 0),
        CodePenalty = phase.Has("codePenalty") ? ReadCodePenalty(phase) : CodePenalty.None,
    };

    private static NoiseSchedule ReadSchedule(RecipeSection phase) =>
        phase.WordOrNumbered("schedule", ["linear-beta", "cosine", "highest-noise"], ("shifted-cosine", 4)) switch
        {
            (_, { } shift) => NoiseSchedule.ShiftedCosine(shift),
            ("linear-beta", _) => NoiseSchedule.LinearBeta,
            ("cosine", _) => NoiseSchedule.Cosine,
            _ => NoiseSchedule.HighestNoise,
        };

    private static LossWeighting ReadWeighting(RecipeSection phase) =>
        phase.WordOrNumbered("weighting", ["uniform", "image", "noise"], ("min-snr", 5)) switch
        {
            (_, { } gamma) => LossWeighting.MinSnr(gamma),
            ("image", _) => LossWeighting.Image,
            ("noise", _) => LossWeighting.Noise,
            _ => LossWeighting.Uniform,
        };

    private static CodePenalty ReadCodePenalty(RecipeSection phase) =>
        phase.WordOrNumbered("codePenalty", ["none"], ("l2", 0.01), ("decorrelation", 0.01)) switch
        {
            ("l2", { } weight) => CodePenalty.L2(weight),
            (_, { } weight) => CodePenalty.Decorrelation(weight),
            _ => CodePenalty.None,
        };

    /// <summary>The optimiser's section of a recipe.</summary>
    internal static OptimizerOptions ReadOptimizer(RecipeSection recipe, OptimizerOptions defaults)
    {
        RecipeSection optimizer = recipe.Section("optimizer", "learningRate", "batch", "clip", "warmup", "weightDecay", "beta1", "beta2", "epsilon");
        return new()
        {
            LearningRate = optimizer.Number("learningRate", defaults.LearningRate),
            Batch = optimizer.Int("batch", defaults.Batch),
            Clip = optimizer.Number("clip", defaults.Clip),
            Warmup = optimizer.Long("warmup", defaults.Warmup),
            WeightDecay = optimizer.Number("weightDecay", defaults.WeightDecay),
            Beta1 = optimizer.Number("beta1", defaults.Beta1),
            Beta2 = optimizer.Number("beta2", defaults.Beta2),
            Epsilon = optimizer.Number("epsilon", defaults.Epsilon),
        };
    }

    /// <summary>The section of a recipe on the average of the weights.</summary>
    internal static EmaOptions ReadEma(RecipeSection recipe, EmaOptions defaults)
    {
        RecipeSection ema = recipe.Section("ema", "halfLife", "rampUp");
        return new()
        {
            HalfLife = ema.Number("halfLife", defaults.HalfLife),
            RampUp = ema.Number("rampUp", defaults.RampUp),
        };
    }

    private static CheckpointOptions ReadCheckpoint(RecipeSection checkpoint)
    {
        var defaults = new CheckpointOptions();
        return new()
        {
            Every = checkpoint.Long("every", defaults.Every),
            Keep = checkpoint.Int("keep", defaults.Keep),
            Milestones = checkpoint.Longs("milestones", defaults.Milestones),
        };
    }

    private static ValidationOptions ReadValidation(RecipeSection validation)
    {
        var defaults = new ValidationOptions();
        return new()
        {
            Every = validation.Long("every", defaults.Every),
            Images = validation.Int("images", defaults.Images),
            Steps = validation.Int("steps", defaults.Steps),
            HeldOut = validation.Int("heldOut", defaults.HeldOut),
        };
    }
}
