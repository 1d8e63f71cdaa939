namespace Underpaint.Tests;

public sealed class DiscrepancyTests
{
    [Fact]
    public void Every_part_that_differs_is_told_and_long_ones_by_their_beginning() => Assert.Equal("steps 10, not 20; model aaaaaaaaaaaa…, not bbbbbbbbbbbb…",
        Discrepancy.Between([("steps", "10"), ("model", new('a', 64)), ("seed", "0")], [("steps", "20"), ("model", new('b', 64)), ("seed", "0")]));

    [Fact]
    public void What_is_not_known_is_no_difference() =>
        Assert.Empty(Discrepancy.Between([("steps", null), ("seed", "0")], [("steps", "20"), ("seed", null)]));
}
