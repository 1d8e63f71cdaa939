using TorchSharp;
using Underpaint.Data;
using Underpaint.Storage;
using Underpaint.Tests.Storage;
using Underpaint.Training;

namespace Underpaint.Tests.Runs;

public sealed class MilestoneTests : IDisposable
{
    private static readonly Recipe Recipe =
        SmallRun.Recipe with { Checkpoint = SmallRun.Recipe.Checkpoint with { Milestones = [6, 7, 16, 30] } };

    private readonly SmallRun _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void The_model_of_each_milestone_is_kept_and_is_the_one_that_a_shorter_run_ends_with()
    {
        RunFolder run = _runs.Start("a", recipe: Recipe);
        Assert.True(SmallRun.Train(run));
        Assert.Equal([8, 8, 16, 32], Recipe.Checkpoint.Milestones.Select(milestone => ModelFile.Describe(run.ModelFileAt(milestone)).ImagesSeen));

        RunFolder shorter = _runs.Start("b", recipe: Recipe with { Phases = [Recipe.Phases[0]] });
        Assert.True(SmallRun.Train(shorter));
        using var kept = ModelFile.Load(run.ModelFileAt(16), Tiny.Device);
        using var ended = ModelFile.Load(shorter.ModelFile, Tiny.Device);
        using ImageBatch images = ImageBatch.From(PixelBatch.Load(Tiny.Images(), [0, 1], Recipe.Data));
        using CodeBatch one = kept.Encode(images), other = ended.Encode(images);
        Assert.True(one.Tensor.equal(other.Tensor).all().ToBoolean());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(20)]
    public void An_interrupted_run_keeps_the_same_models(long stopAt)
    {
        RunFolder whole = _runs.Start("whole", recipe: Recipe), run = _runs.Start("a", recipe: Recipe);
        Assert.True(SmallRun.Train(whole));
        using var stop = new CancellationTokenSource();
        Assert.False(SmallRun.Train(run, new Listener(step => { if (step.ImagesSeen == stopAt) stop.Cancel(); }), stop: stop.Token));
        Assert.True(SmallRun.Train(run));
        Assert.All(Recipe.Checkpoint.Milestones, milestone =>
            Assert.Equal(File.ReadAllBytes(whole.ModelFileAt(milestone)), File.ReadAllBytes(run.ModelFileAt(milestone))));
    }

    [Fact]
    public void A_run_that_is_killed_while_it_saves_still_keeps_the_model_of_that_moment()
    {
        RunFolder run = _runs.Start("a", recipe: Recipe);
        // The checkpoint at 8 images is in place; whatever comes after it no longer happens.
        using var files = new InjectedFiles(Fault.Killed, point => point == SavePoint.StoreFlush);
        Assert.ThrowsAny<Exception>(() => SmallRun.Train(run, files: files));
        files.Restart();
        Assert.True(SmallRun.Train(run));
        Assert.All(Recipe.Checkpoint.Milestones, milestone => Assert.True(File.Exists(run.ModelFileAt(milestone))));
    }

    [Fact]
    public void A_model_that_cannot_be_kept_is_told_and_costs_nothing_else()
    {
        RunFolder run = _runs.Start("a", recipe: Recipe);
        File.WriteAllText(run.ModelsFolder, "a file where the folder should be");
        var listener = new Listener();
        Assert.True(SmallRun.Train(run, listener));
        Assert.Contains("There will be no model of this run at 16 images", listener.Told);
        Assert.Equal(32, ModelFile.Describe(run.ModelFile).ImagesSeen);
    }
}
