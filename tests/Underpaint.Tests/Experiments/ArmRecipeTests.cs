using FsCheck;
using FsCheck.Fluent;
using Underpaint.Experiments;
using Underpaint.Training;

namespace Underpaint.Tests.Experiments;

public sealed class ArmRecipeTests
{
    [Theory]
    [InlineData("two-phase-paper", new long[] { 120_000, 180_032 })]
    [InlineData("diffae", new long[] { 300_032 })]
    public void Phases_are_scaled_in_their_proportions_to_whole_batches(string recipe, long[] phases) =>
        Assert.Equal(phases, Resolve(recipe, 300_000).Phases.Select(phase => phase.Images));

    [Fact]
    public void Only_the_proportions_of_phases_count()
    {
        Recipe recipe = Resolve("two-phase-paper", 640_000, "phases[structure].images=20", "phases[detail].images=80");
        Assert.Equal([128_000, 512_000], recipe.Phases.Select(phase => phase.Images));
    }

    [Fact]
    public void However_phases_are_divided_all_runs_end_at_the_same_number_of_images() => Prop.ForAll(
        Gen.Choose(1, 1_000_000).Three().ToArbitrary(), Gen.Choose(1, 300).ToArbitrary(), (numbers, batch) =>
        {
            long images = Math.Max(numbers.Item3, 2 * batch);
            Recipe recipe = Resolve("two-phase", images, $"optimizer.batch={batch}",
                $"phases[0].images={numbers.Item1}", $"phases[1].images={numbers.Item2}");
            Assert.Equal((images + batch - 1) / batch * batch, new PhasePlan(recipe).End);
            Assert.All(recipe.Phases, phase => Assert.True(phase.Images >= batch));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fewer_batches_than_phases_are_an_error() =>
        Assert.Contains("more images", Assert.Throws<RecipeException>(() => Resolve("two-phase", 64)).Message);

    [Fact]
    public void The_arms_changes_come_after_the_experiments_and_name_and_seed_are_the_runs()
    {
        ExperimentArm arm = new() { Name = "mine", Recipe = "diffae", Settings = ["optimizer.clip=2", "name=other", "seed=5"] };
        Experiment experiment = Of(arm, 1000) with { Settings = ["optimizer.clip=3", "optimizer.batch=8"] };
        Recipe recipe = experiment.RecipeOf(new(arm, 9));
        Assert.Equal(("mine", 9L, 2.0, 8), (recipe.Name, recipe.Seed, recipe.Optimizer.Clip, recipe.Optimizer.Batch));
    }

    [Fact]
    public void Models_are_kept_at_every_moment_before_the_end_at_which_they_are_judged()
    {
        ExperimentArm arm = new() { Name = "a", Recipe = "diffae", Settings = ["checkpoint.milestones=[7]"] };
        Experiment experiment = Of(arm, 1000) with
        {
            Evaluations =
            [
                new() { On = EvaluationImages.Validation, At = [100, 500, 1000] }, new() { On = EvaluationImages.Validation, At = [200, 500] },
            ],
        };
        Assert.Equal([7, 100, 200, 500], experiment.RecipeOf(new(arm, 0)).Checkpoint.Milestones);
    }

    private static Recipe Resolve(string recipe, long images, params string[] settings)
    {
        ExperimentArm arm = new() { Name = "arm", Recipe = recipe, Settings = settings };
        return Of(arm, images).RecipeOf(new(arm, 0));
    }

    private static Experiment Of(ExperimentArm arm, long images) => new()
    {
        Name = "experiment",
        Data = new() { Training = "ornaments" },
        Images = images,
        Arms = [arm],
        Evaluations = [new() { On = EvaluationImages.Validation }],
    };
}
