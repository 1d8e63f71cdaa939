using FsCheck;
using FsCheck.Fluent;
using Underpaint.Data.Images;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Tests.Evaluation.Metrics;

public class StructuralSimilarityTests
{
    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithQuietOnSuccess(true);

    [Theory]
    [InlineData(0, 0.935465492, 0.94348787)]
    [InlineData(1, 0.292196417, 0.347571212)]
    public void The_figures_are_those_of_the_reference_programs(int pair, double valid, double zeroPadded)
    {
        (float[] a, float[] b) = GoldenImages.Pair(pair);
        Assert.Equal(valid, StructuralSimilarity.OfPlanes(a, b, GoldenImages.Size, GoldenImages.Size, 3), 1e-7);
        // The reference rounds its window to float32.
        Assert.Equal(zeroPadded, StructuralSimilarity.OfPlanes(a, b, GoldenImages.Size, GoldenImages.Size, 3, zeroPadded: true), 1e-6);
    }

    [Fact]
    public void Channels_are_compared_on_their_own()
    {
        (float[] a, float[] b) = GoldenImages.Pair(1);
        int area = GoldenImages.Size * GoldenImages.Size;
        double green = StructuralSimilarity.OfPlanes(a.AsSpan(area, area), b.AsSpan(area, area), GoldenImages.Size, GoldenImages.Size, 1);
        Assert.Equal(0.29405429, green, 1e-7);
    }

    [Fact]
    public void The_zero_padded_figures_are_those_of_the_official_Diff_AE_code()
    {
        foreach (var pair in GoldenImages.OfficialPairs())
            Assert.Equal(pair.Ssim, StructuralSimilarity.OfPlanes(pair.A, pair.B, 32, 32, 3, zeroPadded: true), 1e-5);
    }

    [Fact]
    public void It_is_at_most_1_symmetric_and_1_for_the_image_itself() =>
        Check.One(Quietly, Prop.ForAll<int, int, bool>((seedA, seedB, grey) =>
        {
            PixelImage a = SampleImages.Noise(14, seedA, grey ? 1 : 3), b = SampleImages.Noise(14, seedB, grey ? 1 : 3);
            double similarity = StructuralSimilarity.Of(a, b), padded = StructuralSimilarity.ZeroPadded(a, b);
            return similarity is >= -1 and <= 1 && padded is >= -1 and <= 1
                && Math.Abs(similarity - StructuralSimilarity.Of(b, a)) < 1e-12
                && Math.Abs(StructuralSimilarity.Of(a, a) - 1) < 1e-12;
        }));

    [Fact]
    public void The_smallest_image_is_as_large_as_the_window()
    {
        PixelImage smallest = SampleImages.Noise(11, 1);
        Assert.Equal(1, StructuralSimilarity.Of(smallest, smallest), 1e-12);
        PixelImage tooSmall = SampleImages.Noise(10, 1);
        var error = Assert.Throws<UnderpaintException>(() => StructuralSimilarity.Of(tooSmall, tooSmall));
        Assert.Contains("11×11", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, StructuralSimilarity.ZeroPadded(tooSmall, tooSmall), 1e-12);
    }

    [Fact]
    public void Images_of_different_sizes_are_refused() =>
        Assert.Throws<UnderpaintException>(() => StructuralSimilarity.Of(SampleImages.Noise(16, 1), SampleImages.Noise(17, 1)));
}
