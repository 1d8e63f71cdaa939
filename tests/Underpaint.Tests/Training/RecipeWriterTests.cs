using FsCheck;
using FsCheck.Fluent;
using Underpaint.Data.Images;
using Underpaint.Diffusion;
using Underpaint.Training;

namespace Underpaint.Tests.Training;

public class RecipeWriterTests
{
    [Fact]
    public void What_is_written_is_read_back_to_the_same_recipe() => Prop.ForAll(Recipes.ToArbitrary(), recipe =>
    {
        Recipe again = RecipeReader.Read(RecipeWriter.Write(recipe), "again.json");
        Assert.Equivalent(recipe, again, strict: true);
        Assert.Equal(recipe.Phases, again.Phases);
        Assert.Equal(RecipeWriter.Write(recipe), RecipeWriter.Write(again));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_damaged_recipe_is_read_or_refused_but_never_crashes_the_reader() => Prop.ForAll(
        Recipes.ToArbitrary(), Gen.Choose(0, int.MaxValue).Three().ToArbitrary(), (recipe, dice) =>
        {
            string json = RecipeWriter.Write(recipe);
            string damaged = Damage(json, dice.Item1 % json.Length, dice.Item2, dice.Item3 % json.Length);
            Assert.True(Record.Exception(() => RecipeReader.Read(damaged, "damaged.json")) is null or RecipeException);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lists_of_numbers_and_single_values_stay_on_one_line()
    {
        string json = RecipeWriter.Write(RecipeLibrary.Load("two-phase"));
        Assert.StartsWith("{\n  \"name\": \"two-phase\",\n  \"data\": {\n    \"size\": 32,\n", json, StringComparison.Ordinal);
        Assert.Contains("\n    \"multipliers\": [1, 2, 2, 2],\n", json, StringComparison.Ordinal);
        Assert.Contains("\n      \"schedule\": { \"shifted-cosine\": 2 },\n", json, StringComparison.Ordinal);
        Assert.EndsWith("\n  \"seed\": 0\n}\n", json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_that_breaks_a_rule_is_not_written() =>
        Assert.Throws<RecipeException>(() => RecipeWriter.Write(RecipeLibrary.Load("demo") with { Phases = [] }));

    private static string Damage(string json, int at, int kind, int from) => (kind % 4) switch
    {
        0 => json[..at],
        1 => json.Remove(at, 1),
        2 => json.Insert(at, json[from..Math.Min(json.Length, from + 1 + kind % 50)]),
        _ => json[..at] + (char)(kind % 128) + json[(at + 1)..],
    };

    private static Gen<double> Share => Gen.Choose(0, 999).Select(i => i / 1000.0);

    private static Gen<Phase> Phases =>
        from images in Gen.Choose(1, int.MaxValue)
        from schedule in Gen.Elements(NoiseSchedule.LinearBeta, NoiseSchedule.Cosine, NoiseSchedule.HighestNoise,
            NoiseSchedule.ShiftedCosine(4), NoiseSchedule.ShiftedCosine(1 / 3.0))
        from predict in Gen.Elements(Prediction.Velocity, Prediction.Image)
        from learningRate in Gen.Elements<double?>(null, 1e-4, 1 / 7.0)
        from encoderLearningRate in Gen.Elements<double?>(null, 1e-5)
        from weighting in Gen.Elements(LossWeighting.Uniform, LossWeighting.Image)
        from freeze in Gen.Elements(true, false)
        from rehearsal in Share
        from penalty in Gen.Elements(CodePenalty.None, CodePenalty.L2(0.1), CodePenalty.Decorrelation(1 / 3.0))
        select new Phase
        {
            Name = "phase",
            Images = images,
            Schedule = schedule,
            Predict = predict,
            LearningRate = learningRate,
            EncoderLearningRate = freeze ? null : encoderLearningRate,
            Weighting = weighting,
            FreezeEncoder = freeze,
            Rehearsal = rehearsal,
            CodePenalty = freeze ? CodePenalty.None : penalty,
        };

    private static Gen<Recipe> Recipes =>
        from name in Gen.Elements("two-phase", "Zürich 2", "a.b_c")
        from level in Gen.Choose(1, 4)
        from channels in Gen.Choose(1, 4)
        from share in Share
        from numbers in Gen.Choose(1, 1000).Three()
        from flip in Gen.Elements(true, false)
        from color in Gen.Elements(ColorMode.Rgb, ColorMode.Grey)
        from crop in Gen.Elements(ImageCrop.Middle, ImageCrop.Celeba)
        from seed in Gen.Elements(0L, -1L, long.MaxValue, long.MinValue)
        from phases in Phases.NonEmptyListOf()
        select new Recipe
        {
            Name = name,
            Data = new() { Size = numbers.Item1 / 16 * 16 + 16, Flip = flip, Color = color, Crop = crop },
            Model = new()
            {
                Channels = 32 * channels,
                Multipliers = [.. Enumerable.Range(1, level)],
                EncoderMultipliers = [1, 2, level],
                Blocks = level,
                AttentionAt = level == 1 ? [] : [numbers.Item1 / 16 * 16 + 16],
                Code = numbers.Item2,
                EncoderBlocks = level,
                TimeEmbedding = numbers.Item3 - 1,
                Heads = 1 << level,
                Groups = 32 >> level,
                CodeSpread = share,
                Dropout = share,
            },
            Phases = [.. phases.Select((phase, i) => phase with { Name = $"phase{i}" })],
            Optimizer = new()
            {
                LearningRate = share + 1e-4,
                Batch = numbers.Item2,
                Clip = share,
                Warmup = numbers.Item3,
                WeightDecay = share,
                Beta1 = share,
                Beta2 = share,
                Epsilon = Math.Exp(-share * 69),
            },
            Ema = new() { HalfLife = numbers.Item1 / 3.0, RampUp = share },
            Checkpoint = new() { Every = numbers.Item2 * 1_000_000_000L, Keep = numbers.Item3 % 100 + 2, Milestones = [numbers.Item1, 1_000_000_000_000] },
            Validation = new() { Every = numbers.Item1, Images = numbers.Item2, Steps = numbers.Item3, HeldOut = numbers.Item2 - 1 },
            Seed = seed,
        };
}
