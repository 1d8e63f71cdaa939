using Underpaint.Codes;

namespace Underpaint.Tests.Codes;

public sealed class CodeStatisticsTests
{
    [Fact]
    public void Standardised_codes_have_mean_0_and_deviation_1_and_lead_back()
    {
        var random = new RandomSource(1, "codes");
        float[] codes = [.. Enumerable.Range(0, 600).Select(i => (float)(random.NextGaussian() * (1 + i % 3) + 5 * (i % 3)))];
        CodeStatistics statistics = CodeStatistics.Of([codes[..300], codes[300..]], codeSize: 3);
        double[] standardized = statistics.Standardize(codes);
        float[] again = [.. standardized.Select(value => (float)value)];
        CodeStatistics unit = CodeStatistics.Of([again], codeSize: 3);
        Assert.All(unit.Mean, mean => Assert.Equal(0, mean, 1e-6));
        Assert.All(unit.Deviation, deviation => Assert.Equal(1, deviation, 1e-6));
        Assert.All(codes.Zip(statistics.Restore(standardized)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void A_number_that_never_changes_is_0_when_standardised()
    {
        CodeStatistics statistics = CodeStatistics.Of([[1, 7, 2, 7]], codeSize: 2);
        Assert.Equal(0, statistics.Deviation[1]);
        Assert.Equal([0, 0], [statistics.Standardize([1, 7])[1], statistics.Standardize([1, 9])[1]]);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_refused() =>
        Assert.Throws<UnderpaintException>(() => CodeStatistics.Of([[1, float.NaN]], codeSize: 2));
}
