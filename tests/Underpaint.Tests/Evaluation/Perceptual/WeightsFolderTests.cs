using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Perceptual;
using Underpaint.Networks;
using Underpaint.Storage;
using Underpaint.Tests.Golden;

namespace Underpaint.Tests.Evaluation.Perceptual;

public sealed class WeightsFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_empty_folder_leaves_every_metric_out_and_says_which_file_is_missing()
    {
        var folder = WeightsFolder.Open(_folder.Path);
        using PerceptualMetrics metrics = PerceptualMetrics.Load(folder);
        Assert.Empty(metrics.Similarities);
        Assert.Empty(metrics.Features);
        Assert.Equal(["LPIPS (AlexNet)", "LPIPS (VGG-16)", "rFID", "FD (judge)"], metrics.LeftOut.Select(metric => metric.Name));
        Assert.Equal("It needs alexnet-owt-7be5be79.pth (torchvision's, usually in ~/.cache/torch/hub/checkpoints) and alex.pth (in the lpips package, weights/v0.1) "
            + $"in {_folder.Path}.", metrics.LeftOut[0].Reason);
        Assert.Contains("pt_inception-2015-12-05-6726825d.pth", metrics.LeftOut[2].Reason, StringComparison.Ordinal);
        Assert.Contains("`underpaint judge`", metrics.LeftOut[3].Reason, StringComparison.Ordinal);
        Assert.Equal(ImageMeasures.All, metrics.Measures.Images);
        Assert.Equal(metrics.LeftOut, metrics.Measures.LeftOut);
    }

    [Fact]
    public void Only_what_is_missing_is_named()
    {
        Touch("alexnet-owt-4df8aa71.pth");
        Assert.Equal($"It needs alex.pth (in the lpips package, weights/v0.1) in {_folder.Path}.",
            WeightsFolder.Open(_folder.Path).MissingFor(LpipsNetwork.AlexNet));
        Touch("alex.safetensors");
        Assert.Null(WeightsFolder.Open(_folder.Path).MissingFor(LpipsNetwork.AlexNet));
    }

    [Fact]
    public void Another_network_s_files_are_not_taken()
    {
        foreach (string name in (string[])["vgg16_bn-6c64b313.pth", "vgg19-dcbb9e9d.pth", "vgg.txt", "inception_v3_google-0cc3c7bd.pth", "squeeze.pth"])
            Touch(name);
        var folder = WeightsFolder.Open(_folder.Path);
        Assert.Contains("vgg16-397923af.pth", folder.MissingFor(LpipsNetwork.Vgg16), StringComparison.Ordinal);
        Assert.Contains("vgg.pth", folder.MissingFor(LpipsNetwork.Vgg16), StringComparison.Ordinal);
        Assert.NotNull(folder.MissingForInception());
    }

    [Fact]
    public void The_usual_name_goes_before_others()
    {
        foreach (string name in (string[])["alexnet-owt-4df8aa71.pth", "alexnet-owt-7be5be79.pth", "alexnet.safetensors"])
            Touch(name);
        Assert.Equal(_folder.File("alexnet-owt-7be5be79.pth"), PublishedWeights.AlexNet.In(_folder.Path));
    }

    [Fact]
    public void A_file_that_is_there_and_does_not_fit_is_an_error()
    {
        Touch("pt_inception-2015-12-05-6726825d.pth");
        Assert.Throws<FileFormatException>(() => PerceptualMetrics.Load(WeightsFolder.Open(_folder.Path)));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error()
    {
        var error = Assert.Throws<UnderpaintException>(() => WeightsFolder.Open(_folder.File("none")));
        Assert.Contains("--weights", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Complete_files_give_the_metric()
    {
        using var made = new LearnedPerceptualSimilarity(LpipsNetwork.AlexNet);
        Save("alexnet.safetensors", made.BackboneWeights);
        Save("alex.safetensors", made.HeadWeights);
        using PerceptualMetrics metrics = PerceptualMetrics.Load(WeightsFolder.Open(_folder.Path));
        LearnedPerceptualSimilarity loaded = Assert.Single(metrics.Similarities);
        Assert.Equal(LpipsNetwork.AlexNet, loaded.Network);
        var (a, b) = (SampleImages.Noise(32, 1), SampleImages.Noise(32, 2));
        Assert.Equal(made.Of(a, b), Assert.Single(loaded.Measure([a], [b]).Single()));
        Assert.Equal("lpipsAlex", Assert.Single(loaded.MetricsFor(32, 32)).Key);
        Assert.Equal(loaded, metrics.Measures.Images[^1]);

        void Save(string name, WeightSet weights)
        {
            weights.Allocate();
            Formulas.Fill(weights, Formulas.Hash, gain: 2, absolute: name == "alex.safetensors");
            AtomicFile.Write(_folder.File(name), stream => SafetensorsWriter.Write(stream, WeightTensors.Describe(weights, weights.ToArray())));
        }
    }

    private void Touch(string name) => File.WriteAllBytes(_folder.File(name), []);
}
