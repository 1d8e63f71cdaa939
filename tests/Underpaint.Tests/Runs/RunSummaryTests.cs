using Underpaint.Networks;
using Underpaint.Runs;
using Underpaint.Storage;

namespace Underpaint.Tests.Runs;

public sealed class RunSummaryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_that_has_not_begun_has_nothing_to_show()
    {
        RunSummary summary = RunSummary.Of(Begin());
        Assert.Equal((0, false, false), (summary.ImagesSeen, summary.HasModel, summary.IsFinished));
        Assert.Null(summary.Environment);
        Assert.Null(summary.LastValidation);
        Assert.Empty(summary.Checkpoints);
        Assert.Equal("structure", summary.Phase.Name);
    }

    [Fact]
    public void A_damaged_newest_checkpoint_is_named_and_the_older_one_counts()
    {
        RunFolder run = Begin();
        var store = new CheckpointStore(run.CheckpointsFolder, keep: 2);
        store.Save(48, [new("a.bin", stream => stream.WriteByte(1))]);
        store.Save(64, [new("a.bin", stream => stream.WriteByte(1))]);
        File.WriteAllBytes(Path.Combine(run.CheckpointsFolder, "000000064", "a.bin"), [2]);
        RunSummary summary = RunSummary.Of(run);
        Assert.Equal(48, summary.ImagesSeen);
        Assert.Equal("detail", summary.Phase.Name);
        Assert.Equal([48, 64], summary.Checkpoints);
        Assert.Contains("000000064", Assert.Single(summary.Rejected).Folder);
    }

    [Fact]
    public void A_line_of_metrics_that_is_no_record_is_an_error_that_names_the_file()
    {
        RunFolder run = Begin();
        File.WriteAllText(run.MetricsFile, """{"kind":"validation","imagesSeen":8}""" + "\n");
        Assert.Equal(run.MetricsFile, Assert.Throws<FileFormatException>(() => RunSummary.Of(run)).File);
    }

    [Fact]
    public void A_preview_counts_the_weights_and_steps_of_a_run_without_making_it()
    {
        using TrainingData data = TrainingData.Open("ornaments:40,16", null, Tiny.Recipe);
        RunPreview preview = RunPreview.Of(Tiny.Recipe, data);
        using var network = new AutoencoderNetwork(Tiny.Model, 16, 3);
        Assert.Equal(network.Weights.Count, preview.EncoderWeights + preview.DecoderWeights);
        Assert.Equal(network.Weights.Count * 16, preview.CheckpointBytes);
        Assert.Equal([6, 6], preview.Plan.Spans.Select(preview.StepsOf));
        Assert.Equal((36, 4), (preview.Training.Images, preview.ValidationImages));
    }

    private RunFolder Begin() => RunStart.FindOrCreate(Tiny.Recipe, "ornaments:40,16", null, _folder.File("run"));
}
