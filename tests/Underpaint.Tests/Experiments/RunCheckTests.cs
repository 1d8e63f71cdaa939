using Underpaint.Experiments;
using Underpaint.Tests.Runs;

namespace Underpaint.Tests.Experiments;

/// <summary>What is found out before hours of training.</summary>
public sealed class RunCheckTests : IDisposable
{
    private readonly SmallExperiment _small = new();

    public void Dispose() => _small.Dispose();

    [Fact]
    public void Models_are_not_judged_by_what_they_were_trained_on()
    {
        _small.Experiment = _small.Experiment with { Data = new() { Training = SmallRun.Data, Test = SmallRun.Data } };
        AssertRefused("The test images are the training images");
    }

    [Fact]
    public void A_probe_needs_labels_of_the_same_classes()
    {
        string photos = _small.WriteUnlabelled("photos", count: 8);
        _small.Experiment = _small.Experiment with { Data = new() { Training = photos, Test = "ornaments:3,16,9" }, Measures = new() { Probe = 10 } };
        AssertRefused("measures.probe needs images with labels");
    }

    [Fact]
    public void Arms_whose_images_differ_in_size_are_not_put_into_one_table()
    {
        ExperimentArm arm = _small.Experiment.Arms[0];
        _small.Experiment = _small.Experiment with { Arms = [arm, arm with { Name = "large", Settings = ["data.size=32"] }] };
        AssertRefused("their figures cannot be compared");
    }

    private void AssertRefused(string reason)
    {
        Assert.All(_small.Work(), result => Assert.True(result.State == RunState.Failed && result.Reason.Contains(reason), result.Reason));
        Assert.Empty(_small.Watcher.Trained);
        Assert.All(ExperimentPlan.Of(_small.Experiment, _small.Folder, Tiny.Device), plan => Assert.Contains(reason, plan.Problem));
    }
}
