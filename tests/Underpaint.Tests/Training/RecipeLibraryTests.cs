using System.Text;
using Underpaint.Diffusion;
using Underpaint.Training;

namespace Underpaint.Tests.Training;

public class RecipeLibraryTests
{
    [Fact]
    public void The_built_in_recipes_are_those_of_the_repository()
    {
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(SharedFiles.RepositoryRoot, "recipes"), "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file)!);
        Assert.Equal(files.Order(StringComparer.Ordinal), RecipeLibrary.Names);
        Assert.Superset(new HashSet<string>(["two-phase", "diffae", "demo"]), RecipeLibrary.Names.ToHashSet());
    }

    [Fact]
    public void Every_built_in_recipe_loads_under_its_own_name() =>
        Assert.All(RecipeLibrary.Names, name => Assert.Equal(name, RecipeLibrary.Load(name).Name));

    [Fact]
    public void The_recipes_for_comparison_differ_in_their_phases_only()
    {
        Recipe twoPhase = RecipeLibrary.Load("two-phase");
        Assert.All(RecipeLibrary.Names.Where(name => name is not "demo"), name =>
        {
            Recipe recipe = RecipeLibrary.Load(name);
            Assert.Equal(twoPhase.TotalImages, recipe.TotalImages);
            Recipe withSamePhases = recipe with { Name = twoPhase.Name, Phases = twoPhase.Phases };
            Assert.Equal(RecipeWriter.Write(twoPhase), RecipeWriter.Write(withSamePhases));
        });
    }

    [Fact]
    public void Recipes_for_photos_and_sizes_that_are_left_out_keep_colours_and_fill_their_codes() =>
        Assert.All(RecipeLibrary.Names.Where(name => name is not "demo").Select(name => RecipeLibrary.Load(name).Model).Append(new()), model =>
        {
            // A channel in a group of its own loses its mean; a code has no more independent numbers than the encoder has channels at its end.
            Assert.True(model.Channels >= 4 * model.Groups);
            Assert.Equal(model.Code, model.Channels * model.EncoderMultipliers[^1]);
        });

    [Theory]
    [InlineData("two-phase", 200_000, 2)]
    [InlineData("two-phase-paper", 400_000, 4)]
    public void Two_phase_learns_structure_at_the_highest_noise_then_detail(string name, long structure, double shift)
    {
        Recipe recipe = RecipeLibrary.Load(name);
        Assert.Equal(["structure", "detail"], recipe.Phases.Select(phase => phase.Name));
        Assert.Equal([NoiseSchedule.HighestNoise, NoiseSchedule.ShiftedCosine(shift)], recipe.Phases.Select(phase => phase.Schedule));
        Assert.All(recipe.Phases, phase => Assert.Equal(Prediction.Velocity, phase.Predict));
        Assert.Equal([structure, 1_000_000 - structure], recipe.Phases.Select(phase => phase.Images));
        Assert.Equal(0, recipe.Phases[1].Rehearsal);
    }

    [Fact]
    public void The_baseline_has_one_linear_beta_phase_that_predicts_noise()
    {
        Phase phase = Assert.Single(RecipeLibrary.Load("diffae").Phases);
        Assert.Equal((NoiseSchedule.LinearBeta, Prediction.Noise), (phase.Schedule, phase.Predict));
    }

    [Fact]
    public void A_recipe_file_is_loaded_by_its_path()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("mine.json");
        File.WriteAllText(path, RecipeWriter.Write(RecipeLibrary.Load("demo")), Encoding.UTF8);
        Assert.Equal("demo", RecipeLibrary.Load(path).Name);
        Assert.Equal(5, RecipeLibrary.Load(path, ["seed=5"]).Seed);
    }

    [Theory]
    [InlineData("two-fase", "Did you mean \"two-phase\"? The built-in recipes are cosine-velocity, demo, diffae,")]
    [InlineData("", "The built-in recipes are")]
    [InlineData("recipes/none.json", "Check the recipe's path.")]
    [InlineData("bad\0name", "The built-in recipes are")]
    public void An_unknown_recipe_is_refused_and_the_known_ones_listed(string name, string remedy)
    {
        RecipeException error = Assert.Throws<RecipeException>(() => RecipeLibrary.Load(name));
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_long_or_not_text_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("mine.json");
        File.WriteAllBytes(path, new byte[(1 << 20) + 1]);
        Assert.StartsWith($"{path} is longer than 1 MiB", Refusal(path), StringComparison.Ordinal);
        File.WriteAllBytes(path, [(byte)'{', 0xFF, (byte)'}']);
        Assert.StartsWith($"{path} is not UTF-8 text. Save it as UTF-8.", Refusal(path), StringComparison.Ordinal);
    }

    private static string Refusal(string path) => Assert.Throws<RecipeException>(() => RecipeLibrary.Load(path)).Message;
}
