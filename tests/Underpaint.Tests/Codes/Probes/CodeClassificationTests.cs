using Underpaint.Codes.Probes;
using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Uncertainty;
using Underpaint.Machine;
using Underpaint.Networks;

namespace Underpaint.Tests.Codes.Probes;

public sealed class CodeClassificationTests : IDisposable
{
    private readonly DiffusionAutoencoder _model;

    public CodeClassificationTests()
    {
        TorchLibrary.Load();
        var network = new AutoencoderNetwork(Tiny.Model, 16, 3);
        network.Weights.Initialize(seed: 1);
        _model = new(network, Tiny.Recipe, imagesSeen: 96);
    }

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Images_that_are_judged_are_not_learnt_from()
    {
        using Ornaments all = Tiny.Images(count: 40);
        using SubsetSource judged = new(all, Enumerable.Range(0, 20)), others = new(all, Enumerable.Range(20, 20));
        Assert.Equal(new CodeClassification(others).Measure(_model, judged, default), new CodeClassification(all).Measure(_model, judged, default));
        Assert.Contains("are among those that are judged",
            Assert.Throws<UnderpaintException>(() => new CodeClassification(judged).Measure(_model, all, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_images_of_the_same_names_are_learnt_from()
    {
        using Ornaments seen = Tiny.Images(count: 18), unseen = new(count: 60, size: 16, seed: 4);
        var classes = new CodeClassification(seen);
        Assert.InRange(classes.Measure(_model, unseen, default).Average(right => right[0]), 0.05, 0.8);
        Assert.Contains("fitted on 18 images of 18 ornaments", classes.Metrics[0].Definition, StringComparison.Ordinal);
    }

    [Fact]
    public void The_probe_s_figure_and_the_neighbours_are_each_their_own()
    {
        using Ornaments seen = Tiny.Images(count: 18), unseen = new(count: 60, size: 16, seed: 4);
        var classes = new CodeClassification(seen);
        IReadOnlyList<double[]> right = classes.Measure(_model, unseen, default);
        Figure[] figures = [.. new Measurement(classes.Name, classes.Metrics, right).Figures];
        Assert.Equal([right.Average(each => each[0]), right.Average(each => each[1])], figures.Select(figure => figure.Value));
        Assert.NotEqual(figures[0].Value, figures[1].Value);
        Assert.Equal(["probeAccuracy", "neighborAccuracy"], figures.Select(figure => figure.Metric.Key));
    }

    [Fact]
    public void Of_many_images_some_are_chosen() =>
        Assert.Contains("fitted on 7 images", new CodeClassification(Tiny.Images(), examples: 7).Metrics[0].Definition, StringComparison.Ordinal);

    [Fact]
    public void Without_labels_it_is_left_out_with_the_reason()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a.png"), Underpaint.Reports.Png.Encode(Tiny.Images().Read(0)));
        using IImageSource unlabelled = ImageSources.Open(folder.Path);
        EvaluationResult result = Evaluator.Run(_model, unlabelled, new()
        {
            Decodings = [Decoding.StructureImage],
            Measures = new() { Codes = [new CodeClassification(Tiny.Images())] },
        });
        Assert.Contains("do not have the same labels", Assert.Single(result.LeftOut).Reason, StringComparison.Ordinal);
        Assert.Empty(result.Codes);
    }
}
