using System.Text.Json;
using Underpaint.Data.Images;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Perceptual;
using Underpaint.Tests.Golden;
using static TorchSharp.torch;

namespace Underpaint.Tests.Evaluation.Perceptual;

public class InceptionFeaturesTests
{
    [Theory]
    [InlineData("F1")]
    [InlineData("F2x2")]
    public void The_figures_are_those_of_pytorch_fid(string formula)
    {
        JsonElement expected = Figures.Load("inception.json").GetProperty(formula);
        using var network = new InceptionNetwork();
        network.Weights.Allocate();
        Formulas.Fill(network.Weights, formula == "F1" ? Formulas.Sine : Formulas.Hash, gain: formula == "F1" ? 1 : 2);
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        Tensor images = tensor([.. Formulas.Image(2, 64).Select(value => (value + 1) / 2)], [2, 3, 64, 64]);
        foreach (Tensor output in network.Outputs(images))
        {
            JsonElement block = expected.GetProperty($"{output.size(1)}");
            Assert.Equal(block.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), output.shape);
            AssertClose(block, output);
        }
    }

    [Fact]
    public void Every_weight_has_its_published_name_and_shape()
    {
        JsonElement figures = Figures.Load("inception.json");
        using var network = new InceptionNetwork();
        Assert.Equal((int)figures.Number("count"), network.Weights.All.Count);
        string[] names = [.. network.Weights.All.Select(weight => weight.Name).Order(StringComparer.Ordinal)];
        foreach (JsonProperty entry in figures.GetProperty("name_k_shape_first_last").EnumerateObject())
        {
            Assert.Equal(entry.Name, names[(int)entry.Value.Number(0)]);
            Assert.Equal(entry.Value[1].EnumerateArray().Select(size => size.GetInt64()),
                network.Weights.All.Single(weight => weight.Name == entry.Name).Shape);
        }
    }

    [Fact]
    public void Any_number_of_images_of_any_size_give_2048_features_each()
    {
        using var features = new InceptionFeatures();
        features.Weights.Allocate();
        Formulas.Fill(features.Weights, Formulas.Hash, gain: 2);
        PixelImage grey = SampleImages.Noise(28, 21, 1, channels: 1);
        float[] vectors = features.FeaturesOf([grey, new PixelImage(28, 21, 3, new byte[28 * 21 * 3])]);
        Assert.Equal(2 * features.Length, vectors.Length);
        Assert.All(vectors, value => Assert.True(float.IsFinite(value)));
        Assert.NotEqual(vectors[..2048], vectors[2048..]);
        Assert.Empty(features.FeaturesOf([]));
    }

    [Fact]
    public void The_metric_names_its_weights()
    {
        using var features = new InceptionFeatures();
        features.Weights.Allocate();
        string identity = WeightsIdentity.Of(features.Weights.ToArray());
        Assert.EndsWith($"; weights {identity}", features.Metric.Definition, StringComparison.Ordinal);
        Assert.Equal(WeightsIdentity.VersionOf(identity), features.Metric.Version);
        Assert.EndsWith($"; weights {identity}", features.MetricOfSamples.Definition, StringComparison.Ordinal);
    }

    private static void AssertClose(JsonElement block, Tensor output)
    {
        float[] values = output.contiguous().data<float>().ToArray();
        int length = values.Length / 2;
        bool isLast = block.TryGetProperty("every8", out JsonElement samples);
        samples = isLast ? samples : block.GetProperty("spatial_mean_every_c//8");
        int area = (int)(output.size(2) * output.size(3)), every = isLast ? 8 : (int)output.size(1) / 8;
        for (int image = 0; image < 2; image++)
        {
            float[] ours = values[(image * length)..((image + 1) * length)];
            double norm = block.Number("l2", image);
            Assert.Equal(norm, Math.Sqrt(ours.Sum(value => (double)value * value)), 1e-4 * norm);
            Assert.Equal(block.Number("mean", image), ours.Average(), 1e-4 * block.Number("mean", image));
            double largest = samples[image].EnumerateArray().Max(sample => sample.GetDouble());
            for (int i = 0; i < samples[image].GetArrayLength(); i++)
            {
                double mean = ours.AsSpan(i * every * area, area).ToArray().Average();
                Assert.Equal(samples.Number(image, i), mean, 1e-3 * largest);
            }
        }
    }
}
