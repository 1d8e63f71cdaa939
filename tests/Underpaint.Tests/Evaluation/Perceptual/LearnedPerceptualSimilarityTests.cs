using System.Text.Json;
using Underpaint.Data.Images;
using Underpaint.Evaluation.Perceptual;
using Underpaint.Tests.Golden;
using static TorchSharp.torch;

namespace Underpaint.Tests.Evaluation.Perceptual;

public class LearnedPerceptualSimilarityTests
{
    // F1's deeper layers hold rounding only: there the whole distance is compared.
    [Theory]
    [InlineData(LpipsNetwork.AlexNet, "F1")]
    [InlineData(LpipsNetwork.AlexNet, "F2x2")]
    [InlineData(LpipsNetwork.Vgg16, "F1")]
    [InlineData(LpipsNetwork.Vgg16, "F2x2")]
    public void The_figures_are_those_of_the_official_program(LpipsNetwork network, string formula)
    {
        JsonElement expected = Figures.Load("lpips.json").GetProperty(network == LpipsNetwork.AlexNet ? "alex" : "vgg").GetProperty(formula);
        using LearnedPerceptualSimilarity metric = Filled(network, formula);
        for (int pair = 0; pair < 2; pair++)
        {
            (float[] a, float[] b) = GoldenImages.Pair(pair);
            using Tensor left = tensor(a, [1, 3, 64, 64]), right = tensor(b, [1, 3, 64, 64]);
            float[] stages = metric.OfUnitRange(left, right)[0];
            double distance = expected.Number("distance", pair);
            Assert.Equal(distance, stages.Sum(), 1e-4 * distance);
            for (int stage = 0; stage < 5; stage++)
            {
                double term = expected.Number("per_layer", stage, pair);
                Assert.Equal(term, stages[stage], formula == "F1" ? 1e-4 * distance : 1e-4 * term);
            }
        }
    }

    [Fact]
    public void Images_are_at_no_distance_from_themselves_even_without_any_detail()
    {
        using LearnedPerceptualSimilarity metric = Filled(LpipsNetwork.AlexNet, "F2x2");
        foreach (PixelImage image in (PixelImage[])[SampleImages.Flat(32, 0), SampleImages.Flat(32, 255, channels: 1), SampleImages.Noise(37, 33, 1, 3)])
            Assert.Equal(0, metric.Of(image, image));
        Assert.True(metric.Of(SampleImages.Flat(32, 0), SampleImages.Flat(32, 255)) is > 0 and < 100);
    }

    [Fact]
    public void It_is_symmetric_and_the_same_one_by_one_and_in_batches()
    {
        using LearnedPerceptualSimilarity metric = Filled(LpipsNetwork.AlexNet, "F2x2");
        PixelImage[] a = [.. Enumerable.Range(0, 3).Select(i => SampleImages.Noise(40, 35, i, 3))];
        PixelImage[] b = [.. Enumerable.Range(3, 3).Select(i => SampleImages.Noise(40, 35, i, 3))];
        double[] distances = metric.Of(a, b), back = metric.Of(b, a);
        Assert.Equal(3, distances.Distinct().Count());
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(distances[i], back[i], 1e-6 * distances[i]);
            Assert.Equal(distances[i], metric.Of(a[i], b[i]), 1e-6 * distances[i]);
        }
    }

    [Fact]
    public void Grey_is_the_same_as_its_three_equal_channels()
    {
        using LearnedPerceptualSimilarity metric = Filled(LpipsNetwork.AlexNet, "F2x2");
        PixelImage a = SampleImages.Noise(32, 1, channels: 1), b = SampleImages.Noise(32, 2, channels: 1);
        Assert.Equal(metric.Of(Rgb(a), Rgb(b)), metric.Of(a, b));

        static PixelImage Rgb(PixelImage grey) => new(grey.Width, grey.Height, 3, [.. grey.Pixels.SelectMany(value => Enumerable.Repeat(value, 3))]);
    }

    [Theory]
    [InlineData(LpipsNetwork.AlexNet)]
    [InlineData(LpipsNetwork.Vgg16)]
    public void The_smallest_image_is_as_large_as_the_network_needs(LpipsNetwork network)
    {
        using LearnedPerceptualSimilarity metric = Filled(network, "F2x2");
        PixelImage smallest = SampleImages.Noise(metric.SmallestSide, 1), other = SampleImages.Noise(metric.SmallestSide, 2);
        Assert.True(metric.Of(smallest, other) > 0);
        PixelImage tooSmall = SampleImages.Noise(metric.SmallestSide, metric.SmallestSide - 1, 1, 3);
        var error = Assert.Throws<UnderpaintException>(() => metric.Of(tooSmall, tooSmall));
        Assert.Contains($"at least {metric.SmallestSide}×{metric.SmallestSide}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_that_cannot_be_compared_are_refused()
    {
        using LearnedPerceptualSimilarity metric = Filled(LpipsNetwork.AlexNet, "F1");
        Assert.Throws<UnderpaintException>(() => metric.Of(SampleImages.Noise(32, 1), SampleImages.Noise(33, 1)));
        Assert.Throws<UnderpaintException>(() => metric.Of(SampleImages.Noise(32, 1), SampleImages.Noise(32, 1, channels: 1)));
        PixelImage[] mixed = [SampleImages.Noise(32, 1), SampleImages.Noise(40, 1)];
        Assert.Contains("one batch", Assert.Throws<UnderpaintException>(() => metric.Of(mixed, mixed)).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_weights_make_another_metric()
    {
        using LearnedPerceptualSimilarity metric = Filled(LpipsNetwork.AlexNet, "F2x2"), same = Filled(LpipsNetwork.AlexNet, "F2x2");
        using LearnedPerceptualSimilarity other = Filled(LpipsNetwork.AlexNet, "F2x2");
        float[] heads = other.HeadWeights.ToArray();
        heads[^1]++;
        other.HeadWeights.Load(heads);
        Assert.Equal(metric.Metric, same.Metric);
        Assert.NotEqual(metric.Metric.Version, other.Metric.Version);
        Assert.NotEqual(metric.Metric.Definition, other.Metric.Definition);
    }

    private static LearnedPerceptualSimilarity Filled(LpipsNetwork network, string formula)
    {
        var metric = new LearnedPerceptualSimilarity(network);
        Formulas.Base numbers = formula == "F1" ? Formulas.Sine : Formulas.Hash;
        double gain = formula == "F1" ? 1 : 2;
        metric.BackboneWeights.Allocate();
        metric.HeadWeights.Allocate();
        Formulas.Fill(metric.BackboneWeights, numbers, gain);
        Formulas.Fill(metric.HeadWeights, numbers, gain, firstK: metric.BackboneWeights.All.Count, absolute: true);
        return metric;
    }
}
