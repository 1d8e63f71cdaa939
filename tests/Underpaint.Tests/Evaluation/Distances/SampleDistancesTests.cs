using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;
using Underpaint.Evaluation.Distances;
using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Tests.Evaluation.Distances;

public sealed class SampleDistancesTests
{
    private static readonly DataOptions Preparation = new() { Size = 16 };

    [Fact]
    public void The_same_set_is_at_no_distance_and_another_farther_than_one_of_its_kind()
    {
        using Ornaments real = Tiny.Images(80), kin = new(80, 16, seed: 77);
        Assert.Equal(0, Distance(Pictures(real), real), 1e-6);
        Assert.True(Distance(Pictures(kin).Select(Darker), real) > 2 * Distance(Pictures(kin), real));
    }

    [Fact]
    public void There_are_as_many_real_images_as_new_ones_and_fewer_only_where_there_are_no_more()
    {
        using Ornaments real = Tiny.Images(5);
        Assert.Equal(3, Run(Pictures(real).Take(3), real).RealImages);
        using Ornaments many = Tiny.Images(9);
        Assert.Equal(5, Run(Pictures(many), real).RealImages);
    }

    [Fact]
    public void A_single_image_is_no_set()
    {
        using Ornaments real = Tiny.Images(5);
        Assert.Contains("there are 1 new", Assert.Throws<UnderpaintException>(() => Run(Pictures(real).Take(1), real)).Message, StringComparison.Ordinal);
    }

    private static double Distance(IEnumerable<PixelImage> samples, IImageSource real) => Assert.Single(Run(samples, real).Figures).Value;

    private static (IReadOnlyList<Figure> Figures, int RealImages) Run(IEnumerable<PixelImage> samples, IImageSource real)
    {
        var distances = new SampleDistances([new MeanColor()]);
        foreach (PixelImage sample in samples)
            distances.Add(sample);
        return distances.Finish(real, Preparation, seed: 0);
    }

    private static IEnumerable<PixelImage> Pictures(Ornaments source) => Enumerable.Range(0, source.Count).Select(source.Read);

    private static PixelImage Darker(PixelImage image) =>
        new(image.Width, image.Height, image.Channels, [.. image.Pixels.Select(value => (byte)(value / 2))]);

    /// <summary>Three features: the mean of each colour.</summary>
    private sealed class MeanColor : IFeatureNetwork
    {
        public Metric Metric { get; } = new() { Key = "color", Name = "colour", Definition = "C: distance of mean colours", Better = Better.Lower };

        public int Length => 3;

        public float[] FeaturesOf(IReadOnlyList<PixelImage> images) => [.. images.SelectMany(image => Enumerable.Range(0, 3).Select(channel =>
            (float)image.Pixels.Where((_, i) => i % 3 == channel).Average(value => value)))];
    }
}
