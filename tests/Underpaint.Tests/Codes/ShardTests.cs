using Underpaint.Codes;

namespace Underpaint.Tests.Codes;

public sealed class ShardTests
{
    [Theory]
    [InlineData(10, 3)]
    [InlineData(7, 7)]
    [InlineData(1_000_000_000, 999)]
    public void Shards_follow_each_other_without_gap_or_overlap(int total, int count)
    {
        int end = 0;
        foreach (int number in Enumerable.Range(1, count))
        {
            var (first, next) = new Shard(number, count).Of(total);
            Assert.Equal(end, first);
            Assert.InRange(next - first, total / count, total / count + 1);
            end = next;
        }
        Assert.Equal(total, end);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("0/2")]
    [InlineData("3/2")]
    [InlineData("-1/2")]
    [InlineData("1/2/3")]
    [InlineData("a/b")]
    public void What_is_no_shard_is_refused(string text) => Assert.Throws<UnderpaintException>(() => Shard.Parse(text));

    [Theory]
    [InlineData(0, 4)]
    [InlineData(5, 4)]
    [InlineData(-1, 4)]
    [InlineData(1, 0)]
    public void What_cannot_be_a_shard_is_refused(int number, int count) => Assert.Throws<ArgumentOutOfRangeException>(() => new Shard(number, count));

    [Fact]
    public void Batches_are_never_divided()
    {
        Assert.Equal((32, 64), new Shard(2, 3).Of(70, 32, "codes"));
        Assert.Equal((64, 70), new Shard(3, 3).Of(70, 32, "codes"));
        Assert.Contains("at most 3 shards", Assert.Throws<UnderpaintException>(() => new Shard(1, 4).Of(70, 32, "codes")).Remedy);
        Assert.Equal((0, int.MaxValue), Shard.Whole.Of(int.MaxValue, 32, "codes"));
    }

    [Fact]
    public void A_shard_is_read() => Assert.Equal(new Shard(2, 8), Shard.Parse("2/8"));
}
