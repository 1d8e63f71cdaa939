using Underpaint.Data.Images;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Tests.Evaluation.Metrics;

public class ImageMeasuresTests
{
    [Theory]
    [InlineData(3, 16)]
    [InlineData(1, 21)]
    public void Every_measure_gives_finite_figures_of_any_pair(int channels, int side)
    {
        PixelImage[] images = [SampleImages.Noise(side, 1, channels), SampleImages.Flat(side, 0, channels), SampleImages.Flat(side, 255, channels)];
        foreach (IImageMeasure measure in ImageMeasures.All)
        {
            foreach (PixelImage picture in images)
            {
                var measurement = new Measurement(measure.Name, measure.MetricsFor(side, side), measure.Measure(images, [picture, picture, picture]));
                Assert.All(measurement.Figures, figure => Assert.True(double.IsFinite(figure.Value), $"{figure.Metric.Name}: {figure.Value}"));
                Assert.All(measurement.Metrics, metric => Assert.True(double.IsFinite(measurement.Of(metric, 1)), metric.Name));
            }
        }
    }

    [Fact]
    public void Identical_images_have_the_best_figures()
    {
        PixelImage image = SampleImages.Noise(32, 1), other = SampleImages.Noise(32, 2);
        foreach (IImageMeasure measure in ImageMeasures.All)
        {
            double[] same = measure.Measure([image], [image])[0], different = measure.Measure([image], [other])[0];
            Assert.All(measure.MetricsFor(32, 32), metric =>
                Assert.True(metric.MeritOf(metric.FromMeans(same)) > metric.MeritOf(metric.FromMeans(different)), metric.Name));
        }
    }

    [Fact]
    public void An_identical_image_counts_as_100_decibels_so_that_a_mean_has_an_interval() =>
        Assert.Equal(PeakSignalToNoise.Cap, ImageMeasures.All[0].Measure([SampleImages.Noise(8, 1)], [SampleImages.Noise(8, 1)])[0][0]);

    [Fact]
    public void Below_its_smallest_side_a_measure_refuses_and_at_it_it_does_not()
    {
        foreach (IImageMeasure measure in ImageMeasures.All)
        {
            PixelImage smallest = SampleImages.Noise(measure.SmallestSide, 1);
            Assert.NotEmpty(measure.MetricsFor(measure.SmallestSide, measure.SmallestSide));
            Assert.All(measure.Measure([smallest], [smallest])[0], part => Assert.True(double.IsFinite(part), measure.Name));
            if (measure.SmallestSide == 1)
                continue;
            PixelImage small = SampleImages.Noise(measure.SmallestSide - 1, 1);
            Assert.Throws<UnderpaintException>(() => Unwrap(() => measure.Measure([small], [small])));
        }
    }

    // What is thrown on several threads arrives wrapped.
    private static void Unwrap(Action action)
    {
        try
        {
            action();
        }
        catch (AggregateException error)
        {
            throw error.InnerException!;
        }
    }
}
