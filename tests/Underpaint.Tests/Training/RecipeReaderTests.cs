using Underpaint.Data.Images;
using Underpaint.Diffusion;
using Underpaint.Networks;
using Underpaint.Training;

namespace Underpaint.Tests.Training;

public class RecipeReaderTests
{
    private const string Phases = """
        "phases": [{ "name": "all", "images": 4e5, "schedule": "cosine", "predict": "velocity" }]
        """;
    private const string Short = $$"""{ "name": "short", {{Phases}} }""";

    [Fact]
    public void Every_value_of_a_recipe_is_read()
    {
        Recipe recipe = RecipeReader.Read("""
            {
              "name": "full",
              "data": { "size": 64, "flip": false, "color": "grey", "crop": "celeba" },
              "model": { "channels": 64, "multipliers": [1, 2], "blocks": 1, "attentionAt": [32], "code": 16,
                         "encoderMultipliers": [1, 3], "encoderBlocks": 3, "timeEmbedding": 99, "heads": 4, "groups": 16, "codeSpread": 2,
                         "dropout": 0.25 },
              "phases": [
                { "name": "one", "images": 1, "schedule": "highest-noise", "predict": "image", "weighting": "image" },
                { "name": "two", "images": 2, "schedule": "linear-beta", "predict": "noise", "weighting": "noise" },
                { "name": "three", "images": 3, "schedule": { "shifted-cosine": 2.5 }, "predict": "velocity",
                  "learningRate": 1e-3, "weighting": { "min-snr": 5 }, "freezeEncoder": true },
                { "name": "four", "images": 4, "schedule": "cosine", "predict": "velocity", "weighting": "uniform",
                  "rehearsal": 0.5, "encoderLearningRate": 1e-5 }
              ],
              "optimizer": { "learningRate": 2e-4, "batch": 8, "clip": 0, "warmup": 100, "weightDecay": 0.01,
                             "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-6 },
              "ema": { "halfLife": 1000, "rampUp": 0 },
              "checkpoint": { "every": 10, "keep": 2, "milestones": [5, 4e3] },
              "validation": { "every": 20, "images": 4, "steps": 5, "heldOut": 9 },
              "seed": 9223372036854775807
            }
            """, "full.json");

        Assert.Equal("full", recipe.Name);
        Assert.Equal(new DataOptions { Size = 64, Flip = false, Color = ColorMode.Grey, Crop = ImageCrop.Celeba }, recipe.Data);
        Assert.Equivalent(new ModelOptions
        {
            Channels = 64,
            Multipliers = [1, 2],
            Blocks = 1,
            AttentionAt = [32],
            Code = 16,
            EncoderMultipliers = [1, 3],
            EncoderBlocks = 3,
            TimeEmbedding = 99,
            Heads = 4,
            Groups = 16,
            CodeSpread = 2,
            Dropout = 0.25,
        }, recipe.Model, strict: true);
        Assert.Equal(
        [
            new()
            {
                Name = "one", Images = 1, Schedule = NoiseSchedule.HighestNoise, Predict = Prediction.Image,
                Weighting = LossWeighting.Image,
            },
            new()
            {
                Name = "two", Images = 2, Schedule = NoiseSchedule.LinearBeta, Predict = Prediction.Noise,
                Weighting = LossWeighting.Noise,
            },
            new()
            {
                Name = "three", Images = 3, Schedule = NoiseSchedule.ShiftedCosine(2.5), Predict = Prediction.Velocity,
                LearningRate = 1e-3, Weighting = LossWeighting.MinSnr(5), FreezeEncoder = true,
            },
            new()
            {
                Name = "four", Images = 4, Schedule = NoiseSchedule.Cosine, Predict = Prediction.Velocity, Rehearsal = 0.5,
                EncoderLearningRate = 1e-5,
            },
        ], recipe.Phases);
        Assert.Equal(new OptimizerOptions
        {
            LearningRate = 2e-4,
            Batch = 8,
            Clip = 0,
            Warmup = 100,
            WeightDecay = 0.01,
            Beta1 = 0.8,
            Beta2 = 0.99,
            Epsilon = 1e-6,
        }, recipe.Optimizer);
        Assert.Equal(new EmaOptions { HalfLife = 1000, RampUp = 0 }, recipe.Ema);
        Assert.Equivalent(new CheckpointOptions { Every = 10, Keep = 2, Milestones = [5, 4000] }, recipe.Checkpoint, strict: true);
        Assert.Equal(new ValidationOptions { Every = 20, Images = 4, Steps = 5, HeldOut = 9 }, recipe.Validation);
        Assert.Equal(long.MaxValue, recipe.Seed);
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        Recipe recipe = RecipeReader.Read(Short, "short.json");
        Assert.Equal(new DataOptions(), recipe.Data);
        Assert.Equivalent(new ModelOptions(), recipe.Model, strict: true);
        Assert.Equal(new OptimizerOptions(), recipe.Optimizer);
        Assert.Equal(new EmaOptions(), recipe.Ema);
        Assert.Equal(new CheckpointOptions(), recipe.Checkpoint);
        Assert.Equal(new ValidationOptions(), recipe.Validation);
        Assert.Equal(0, recipe.Seed);
        Assert.Equal(400_000, recipe.TotalImages);
        Assert.Null(recipe.Phases[0].LearningRate);
    }

    [Theory]
    [InlineData("optimiser.batch=8", "optimiser", "Did you mean \"optimizer\"?")]
    [InlineData("model.chanels=64", "model.chanels", "Did you mean \"channels\"?")]
    [InlineData("phases[0].learningrate=1e-3", "phases[0].learningrate", "Did you mean \"learningRate\"?")]
    [InlineData("ema.decay=0.9999", "ema.decay", "The keys here are halfLife, rampUp.")]
    [InlineData("phases[0].schedule={\"shifted\":4}", "phases[0].schedule.shifted", "The keys here are shifted-cosine.")]
    public void An_unknown_key_is_refused_and_the_nearest_one_suggested(string change, string path, string remedy) =>
        AssertRefused(path, remedy, Short, change);

    [Theory]
    [InlineData("""{ "phases": [] }""", "name")]
    [InlineData("""{ "name": "a" }""", "phases")]
    [InlineData("""{ "name": "a", "phases": [{ "images": 1 }] }""", "phases[0].name")]
    [InlineData("""{ "name": "a", "phases": [{ "name": "b" }] }""", "phases[0].images")]
    [InlineData("""{ "name": "a", "phases": [{ "name": "b", "images": 1 }] }""", "phases[0].schedule")]
    [InlineData("""{ "name": "a", "phases": [{ "name": "b", "images": 1, "schedule": "cosine" }] }""", "phases[0].predict")]
    [InlineData("""{ "name": "a", "phases": [{ "name": "b", "images": 1, "schedule": {} }] }""",
        "phases[0].schedule.shifted-cosine")]
    public void A_missing_key_is_named(string json, string path) => AssertRefused(path, "Add it.", json);

    [Theory]
    [InlineData("name=7", "name", "Use a text in double quotes.")]
    [InlineData("name=null", "name", "Use a text in double quotes.")]
    [InlineData("data=[]", "data", "Use an object")]
    [InlineData("data.flip=yes", "data.flip", "Use true or false.")]
    [InlineData("data.size=\"64\"", "data.size", "Use a whole number.")]
    [InlineData("data.size=64.5", "data.size", "Use a whole number.")]
    [InlineData("data.size=4e-1", "data.size", "Use a whole number.")]
    [InlineData("data.size=1e12", "data.size", "2147483647")]
    [InlineData("seed=9223372036854775808", "seed", "9223372036854775807")]
    [InlineData("seed=1e400", "seed", "9223372036854775807")]
    [InlineData("model.multipliers=2", "model.multipliers", "Use a list")]
    [InlineData("model.multipliers=[1,true]", "model.multipliers[1]", "Use a whole number.")]
    [InlineData("model.dropout=none", "model.dropout", "Use a number.")]
    [InlineData("model.dropout=NaN", "model.dropout", "Use a number.")]
    [InlineData("optimizer.clip=1e999", "optimizer.clip", "Use a smaller one.")]
    [InlineData("phases={}", "phases", "Use a list")]
    [InlineData("phases[0]=4", "phases[0]", "Use an object")]
    [InlineData("phases[0].learningRate=null", "phases[0].learningRate", "Use a number.")]
    [InlineData("phases[0].schedule=4", "phases[0].schedule", "Use a text")]
    [InlineData("phases[0].schedule={\"shifted-cosine\":\"4\"}", "phases[0].schedule.shifted-cosine", "Use a number.")]
    public void A_value_of_the_wrong_type_is_refused(string change, string path, string remedy) =>
        AssertRefused(path, remedy, Short, change);

    [Theory]
    [InlineData("data.crop=center", "data.crop", "Use \"middle\", \"celeba\".")]
    [InlineData("data.crop=celebA", "data.crop", "Did you mean \"celeba\"? Use \"middle\", \"celeba\".")]
    [InlineData("data.color=gray", "data.color", "Did you mean \"grey\"? Use \"rgb\", \"grey\".")]
    [InlineData("phases[0].predict=velosity", "phases[0].predict", "Did you mean \"velocity\"?")]
    [InlineData("phases[0].schedule=shifted-cosine", "phases[0].schedule", "{ \"shifted-cosine\": 4 }")]
    [InlineData("phases[0].weighting=minsnr", "phases[0].weighting", "{ \"min-snr\": 5 }")]
    public void An_unknown_word_is_refused_and_the_known_ones_listed(string change, string path, string remedy) =>
        AssertRefused(path, remedy, Short, change);

    [Fact]
    public void A_preset_may_stand_for_the_model_and_sets_the_image_size()
    {
        Recipe recipe = RecipeReader.Read($$"""{ "name": "a", "model": "celeba64", {{Phases}} }""", "a.json");
        Assert.Equivalent(ModelPresets.Find("celeba64")!.Model, recipe.Model, strict: true);
        Assert.Equal(64, recipe.Data.Size);
    }

    [Fact]
    public void A_preset_leaves_a_given_image_size_which_must_fit_its_levels()
    {
        string json = $$"""{ "name": "a", "data": { "size": 96 }, "model": "cifar32", {{Phases}} }""";
        Assert.Equal(96, RecipeReader.Read(json, "a.json", ["model.attentionAt=[24]"]).Data.Size);
        AssertRefused("data.size", "Use 96 or 104", json, "data.size=100");
    }

    [Fact]
    public void An_unknown_preset_is_refused_with_the_known_ones() =>
        AssertRefused("model", "Did you mean \"ffhq128\"? The presets are demo, cifar32,", Short, "model=ffqh128");

    private static void AssertRefused(string path, string remedy, string json, params string[] overrides)
    {
        RecipeException error = Assert.Throws<RecipeException>(() => RecipeReader.Read(json, "mine.json", overrides));
        Assert.Equal(path, error.Path);
        Assert.StartsWith(path.Length == 0 ? "mine.json " : $"mine.json: {path} ", error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
    }
}
