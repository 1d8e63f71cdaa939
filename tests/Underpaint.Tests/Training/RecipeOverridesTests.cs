using Underpaint.Diffusion;
using Underpaint.Training;

namespace Underpaint.Tests.Training;

public class RecipeOverridesTests
{
    [Fact]
    public void Values_are_changed_by_key_by_index_and_by_name()
    {
        Recipe recipe = RecipeLibrary.Load("two-phase",
        [
            "name=my run", "model.channels=64", "model.multipliers=[1, 2]", "model.encoderMultipliers[3]=4", "data.flip=false",
            "phases[0].images=2e5", "phases[detail].images=300000", "phases[1].schedule={\"shifted-cosine\":3}", "seed = -7",
        ]);
        Assert.Equal("my run", recipe.Name);
        Assert.Equal(64, recipe.Model.Channels);
        Assert.Equal([1, 2], recipe.Model.Multipliers);
        Assert.Equal([1, 2, 2, 4], recipe.Model.EncoderMultipliers);
        Assert.Equal([200_000, 300_000], recipe.Phases.Select(phase => phase.Images));
        Assert.Equal(NoiseSchedule.ShiftedCosine(3), recipe.Phases[1].Schedule);
        Assert.False(recipe.Data.Flip);
        Assert.Equal(-7, recipe.Seed);
    }

    [Fact]
    public void A_section_that_the_recipe_leaves_out_can_be_overridden()
    {
        Recipe recipe = RecipeReader.Read("""
            { "name": "a", "phases": [{ "name": "b", "images": 1, "schedule": "cosine", "predict": "image" }] }
            """, "a.json", ["optimizer.batch=8"]);
        Assert.Equal(new OptimizerOptions { Batch = 8 }, recipe.Optimizer);
    }

    [Fact]
    public void Later_overrides_win() =>
        Assert.Equal(3, RecipeLibrary.Load("two-phase", ["seed=1", "seed=2", "seed=3"]).Seed);

    [Fact]
    public void A_list_and_a_phase_can_be_replaced_as_a_whole()
    {
        Recipe recipe = RecipeLibrary.Load("two-phase",
        [
            """phases[0]={"name":"other","images":5,"schedule":"cosine","predict":"noise"}""", "phases[other].images=6",
        ]);
        Assert.Equal(("other", 6L), (recipe.Phases[0].Name, recipe.Phases[0].Images));
    }

    [Fact]
    public void Overriding_one_size_of_a_preset_keeps_the_others_and_its_image_size()
    {
        Recipe recipe = RecipeLibrary.Load("two-phase", ["model=celeba64", "model.dropout=0.5"]);
        Assert.Equal(0.5, recipe.Model.Dropout);
        Assert.Equal([1, 2, 4, 8], recipe.Model.Multipliers);
        Assert.Equal(64, recipe.Data.Size);
    }

    [Theory]
    [InlineData("model.channels", "", "Write path=value")]
    [InlineData("", "", "Write path=value")]
    [InlineData("=4", "", "Write path=value")]
    [InlineData("model..channels=4", "", "Write path=value")]
    [InlineData("phases[=4", "", "Write path=value")]
    [InlineData("[0].images=4", "", "Write path=value")]
    [InlineData("phases[2].images=4", "phases[2]", "Use one of [0] = [structure], [1] = [detail].")]
    [InlineData("phases[99999999999]=4", "phases[99999999999]", "Use one of")]
    [InlineData("phases[-1].images=4", "phases[-1]", "Use one of")]
    [InlineData("phases[texture].images=4", "phases[texture]", "Use one of")]
    [InlineData("phases.detail.images=4", "phases", "such as phases[0]")]
    [InlineData("phases[0].schedule.shifted-cosine=4", "phases[0].schedule", "Override it as a whole: phases[0].schedule=")]
    [InlineData("model[0]=4", "model", "Only lists, such as phases,")]
    [InlineData("seed.a.b=4", "seed", "Override it as a whole")]
    [InlineData("model.multipliers=[1,2", "model.multipliers", "Correct the text there.")]
    [InlineData("data={\"size\":32,\"size\":64}", "data.size", "Keep one of the two.")]
    [InlineData("modell.channels=4", "modell", "Did you mean \"model\"?")]
    public void An_override_that_leads_nowhere_is_refused_with_the_remedy(string change, string path, string remedy)
    {
        RecipeException error = Assert.Throws<RecipeException>(() => RecipeLibrary.Load("two-phase", [change]));
        Assert.Equal(path, error.Path);
        Assert.StartsWith("Recipe two-phase", error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }
}
