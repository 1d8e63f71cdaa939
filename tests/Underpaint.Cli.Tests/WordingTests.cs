namespace Underpaint.Cli.Tests;

public sealed class WordingTests
{
    [Theory]
    [InlineData(0.4, "0 s")]
    [InlineData(59.7, "1 min 00 s")]
    [InlineData(123, "2 min 03 s")]
    [InlineData(18_420, "5 h 07 min")]
    [InlineData(273_600, "3 d 04 h")]
    public void Durations_have_two_units(double seconds, string expected) =>
        Assert.Equal(expected, Wording.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(640, "640 B")]
    [InlineData(12_345_678, "12.3 MB")]
    [InlineData(999_999, "1 MB")]
    public void Sizes_have_the_unit_that_fits(long bytes, string expected) => Assert.Equal(expected, Wording.Bytes(bytes));

    [Fact]
    public void Counts_are_grouped_and_one_is_singular() =>
        Assert.Equal(("1 image", "28,600 images"), (Wording.Images(1), Wording.Images(28_600)));

    [Fact]
    public void Paths_to_type_are_short_and_quoted_where_needed()
    {
        Assert.Equal(Path.Combine("runs", "0001-a"), Wording.ToType(Path.GetFullPath(Path.Combine("runs", "0001-a"))));
        Assert.Equal("\"my run\"", Wording.ToType(Path.GetFullPath("my run")));
    }
}
