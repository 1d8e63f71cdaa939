using Underpaint.Diffusion;
using Underpaint.Training;

namespace Underpaint.Tests.Training;

public class RecipeRulesTests
{
    [Theory]
    [InlineData("name=", "name", "1 to 64 letters and digits")]
    [InlineData("name=../../etc", "name", "1 to 64 letters and digits")]
    [InlineData("data.size=4", "data.size", "from 16 to 1024")]
    [InlineData("data.size=2048", "data.size", "from 16 to 1024")]
    [InlineData("data.size=36", "data.size", "Use 32 or 40")]
    [InlineData("data.size=1020", "data.size", "Use 1016 or 1024")]
    [InlineData("model.encoderMultipliers=[1,2,2,2,2,2,2,2]", "data.size", "Use 128,")]
    [InlineData("model.channels=0", "model.channels", "from 1 to 1024")]
    [InlineData("model.channels=44", "model.channels", "Use 40 or 48, or fewer model.groups.")]
    [InlineData("model.channels=33", "model.channels", "Use 32 or 40, or fewer model.groups.")]
    [InlineData("model.channels=9", "model.channels", "Use 8 or 16, or fewer model.groups.")]
    [InlineData("model.multipliers=[]", "model.multipliers", "Give 1 to 8")]
    [InlineData("model.multipliers=[1,2,0]", "model.multipliers[2]", "from 1 to 16")]
    [InlineData("model.encoderMultipliers=[1,1,1,1,1,1,1,1,1]", "model.encoderMultipliers", "Give 1 to 8")]
    [InlineData("model.encoderMultipliers=[-1]", "model.encoderMultipliers[0]", "from 1 to 16")]
    [InlineData("model.blocks=0", "model.blocks", "from 1 to 32")]
    [InlineData("model.encoderBlocks=0", "model.encoderBlocks", "from 1 to 32")]
    [InlineData("model.code=0", "model.code", "from 1 to 65536")]
    [InlineData("model.timeEmbedding=-1", "model.timeEmbedding", "from 0 to 65536")]
    [InlineData("model.heads=3", "model.heads", "Use a divisor of 32.")]
    [InlineData("model.dropout=1", "model.dropout", "from 0 to below 1")]
    [InlineData("model.codeSpread=-1", "model.codeSpread", "from 0 to 1000")]
    [InlineData("model.attentionAt=[16,15]", "model.attentionAt[1]", "Use some of 32, 16, 8, 4, or [] for none.")]
    [InlineData("phases=[]", "phases", "at least one phase")]
    [InlineData("phases[1].name=Structure", "phases[1].name", "a name of its own")]
    [InlineData("phases[0].name=a/b", "phases[0].name", "letters and digits")]
    [InlineData("phases[0].images=0", "phases[0].images", "from 1 to")]
    [InlineData("phases[0].images=1e18", "phases[0].images", "from 1 to")]
    [InlineData("phases[1].schedule={\"shifted-cosine\":0}", "phases[1].schedule.shifted-cosine", "above 0")]
    [InlineData("phases[1].schedule={\"shifted-cosine\":1001}", "phases[1].schedule.shifted-cosine", "at most 1000")]
    [InlineData("phases[1].learningRate=0", "phases[1].learningRate", "above 0 and below 1")]
    [InlineData("phases[1].weighting={\"min-snr\":0}", "phases[1].weighting.min-snr", "above 0")]
    [InlineData("phases[1].rehearsal=1.5", "phases[1].rehearsal", "from 0 to 1")]
    [InlineData("phases[0].predict=noise", "phases[0].predict", "Use \"velocity\".")]
    [InlineData("phases[0].weighting={\"min-snr\":5}", "phases[0].weighting", "Use \"uniform\" or \"image\".")]
    [InlineData("phases[0].weighting=noise", "phases[0].weighting", "Use \"uniform\" or \"image\".")]
    [InlineData("optimizer.learningRate=0", "optimizer.learningRate", "above 0 and below 1")]
    [InlineData("optimizer.learningRate=1", "optimizer.learningRate", "above 0 and below 1")]
    [InlineData("optimizer.batch=0", "optimizer.batch", "from 1 to 65536")]
    [InlineData("optimizer.batch=65537", "optimizer.batch", "from 1 to 65536")]
    [InlineData("optimizer.clip=-1", "optimizer.clip", "from 0 (no clipping)")]
    [InlineData("optimizer.warmup=-1", "optimizer.warmup", "from 0 to")]
    [InlineData("optimizer.weightDecay=-0.1", "optimizer.weightDecay", "from 0 to 1")]
    [InlineData("optimizer.beta1=1", "optimizer.beta1", "from 0 to below 1")]
    [InlineData("optimizer.beta2=-0.5", "optimizer.beta2", "from 0 to below 1")]
    [InlineData("optimizer.epsilon=0", "optimizer.epsilon", "from 1e-30 to 1")]
    [InlineData("optimizer.epsilon=1e-50", "optimizer.epsilon", "from 1e-30 to 1")]
    [InlineData("ema.halfLife=0", "ema.halfLife", "above 0")]
    [InlineData("ema.rampUp=2", "ema.rampUp", "from 0 (off) to 1")]
    [InlineData("checkpoint.every=0", "checkpoint.every", "from 1 to")]
    [InlineData("checkpoint.keep=1", "checkpoint.keep", "from 2 to 1000")]
    [InlineData("validation.every=0", "validation.every", "from 1 to")]
    [InlineData("validation.images=0", "validation.images", "from 1 to 1024")]
    [InlineData("validation.steps=0", "validation.steps", "from 1 to 1000")]
    [InlineData("validation.heldOut=-1", "validation.heldOut", "from 0 to 1000000")]
    [InlineData("checkpoint.milestones=[0]", "checkpoint.milestones[0]", "from 1 to")]
    [InlineData("checkpoint.milestones=[200,100]", "checkpoint.milestones[1]", "in rising order")]
    [InlineData("phases[1].encoderLearningRate=0", "phases[1].encoderLearningRate", "above 0 and below 1")]
    public void An_impossible_value_is_refused_with_its_path_and_the_remedy(string change, string path, string remedy) =>
        AssertRefused(path, remedy, change);

    [Theory]
    [InlineData("noise", "uniform", "phases[1].predict", "rehearsal")]
    [InlineData("velocity", "noise", "phases[1].weighting", "rehearsal")]
    [InlineData("velocity", "{\"min-snr\":5}", "phases[1].weighting", "rehearsal")]
    public void Rehearsal_needs_a_prediction_and_a_weighting_that_exist_at_the_highest_noise(
        string predict, string weighting, string path, string reason)
    {
        string[] changes = [$"phases[1].predict={predict}", $"phases[1].weighting={weighting}"];
        AssertRefused(path, reason, [.. changes, "phases[1].rehearsal=0.1"]);
        RecipeLibrary.Load("two-phase-paper", changes);
    }

    [Fact]
    public void A_frozen_encoder_has_no_learning_rate() => AssertRefused("phases[1].encoderLearningRate", "Leave out this key",
        "phases[1].freezeEncoder=true", "phases[1].encoderLearningRate=1e-5");

    [Theory]
    [InlineData("noise", "image")]
    [InlineData("image", "noise")]
    public void Weights_without_a_limit_are_refused_on_continuous_schedules_only(string predict, string weighting)
    {
        string[] changes = [$"phases[1].predict={predict}", $"phases[1].weighting={weighting}"];
        AssertRefused("phases[1].weighting", "Use \"uniform\", or \"predict\": \"velocity\".", changes);
        RecipeLibrary.Load("two-phase-paper", [.. changes, "phases[1].schedule=linear-beta"]);
    }

    [Theory]
    [InlineData("model.channels=8")]
    [InlineData("model.channels=96")]
    [InlineData("model.multipliers=[1,3,2,5]")]
    [InlineData("data.size=1024", "model.attentionAt=[]")]
    [InlineData("phases[1].predict=noise")]
    [InlineData("optimizer.clip=0")]
    [InlineData("seed=-1")]
    public void The_limits_themselves_are_allowed(params string[] changes) => RecipeLibrary.Load("two-phase-paper", changes);

    [Fact]
    public void A_recipe_made_in_code_keeps_to_the_same_rules()
    {
        Recipe recipe = RecipeLibrary.Load("two-phase-paper");
        Phase phase = recipe.Phases[1];
        AssertPhaseRefused(phase with { Schedule = NoiseSchedule.ShiftedCosine(1e300) }, "schedule.shifted-cosine");
        AssertPhaseRefused(phase with { Weighting = LossWeighting.MinSnr(-1) }, "weighting.min-snr");
        AssertPhaseRefused(phase with { LearningRate = double.NaN }, "learningRate");
        AssertRefused(recipe with { Ema = new() { HalfLife = double.PositiveInfinity } }, "ema.halfLife");

        void AssertPhaseRefused(Phase wrong, string key) => AssertRefused(recipe with { Phases = [wrong] }, $"phases[0].{key}");
    }

    private static void AssertRefused(Recipe recipe, string path)
    {
        RecipeException error = Assert.Throws<RecipeException>(() => RecipeRules.Check(recipe));
        Assert.Equal(path, error.Path);
        Assert.StartsWith($"Recipe two-phase-paper: {path} is ", error.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(string path, string text, params string[] overrides)
    {
        RecipeException error = Assert.Throws<RecipeException>(() => RecipeLibrary.Load("two-phase-paper", overrides));
        Assert.Equal(path, error.Path);
        Assert.StartsWith($"Recipe two-phase-paper: {path} ", error.Message, StringComparison.Ordinal);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }
}
