using Underpaint.Data;
using Underpaint.Evaluation;

namespace Underpaint.Tests.Evaluation;

public class FeatureDistanceTests
{
    [Fact]
    public void It_is_the_Frechet_distance_of_the_two_sets_of_features()
    {
        using var network = new MeanColours();
        var distance = new FeatureDistance(network);
        distance.AddOriginals([SampleImages.Flat(4, 10)]);
        distance.AddOriginals([SampleImages.Flat(4, 20), SampleImages.Flat(4, 30)]);
        distance.AddOthers([SampleImages.Flat(4, 15), SampleImages.Flat(4, 25), SampleImages.Flat(4, 35)]);
        // One feature: the means are 5 apart, the deviations equal.
        Assert.Equal(25, distance.Value, 1e-9);
        Assert.Equal(3, distance.Count);
        Assert.Equal("FD of means", distance.Name);
    }

    [Fact]
    public void One_image_is_not_enough()
    {
        using var network = new MeanColours();
        var distance = new FeatureDistance(network);
        distance.AddOriginals([SampleImages.Flat(4, 10), SampleImages.Flat(4, 20)]);
        distance.AddOthers([SampleImages.Flat(4, 10)]);
        Assert.Contains("at least 2 images", Assert.Throws<UnderpaintException>(() => distance.Value).What, StringComparison.Ordinal);
    }

    private sealed class MeanColours : IFeatureNetwork
    {
        public string DistanceName => "FD of means";

        public string Definition => "means";

        public int Length => 1;

        public float[] FeaturesOf(IReadOnlyList<PixelImage> images) => [.. images.Select(image => (float)image.Pixels.Average(value => value))];

        public void Dispose()
        {
        }
    }
}
