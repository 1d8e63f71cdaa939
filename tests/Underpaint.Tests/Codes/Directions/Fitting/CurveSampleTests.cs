using Underpaint.Codes.Attributes;
using Underpaint.Codes.Directions.Fitting;

namespace Underpaint.Tests.Codes.Directions.Fitting;

public sealed class CurveSampleTests
{
    private const int Count = 100, Drawn = 10;
    private static readonly int[] Order = new RandomSource(0, "curves").NextOrder(Count);
    private static readonly StandardizedCodes Codes = new([.. Enumerable.Range(0, Count)], [.. Enumerable.Range(0, Count).Select(i => (double)i)]);

    [Fact]
    public void Where_chance_finds_enough_of_every_kind_it_alone_decides()
    {
        Assert.Equal(Order[..Drawn].Order(), Draw().Places);
        Assert.Equal(Order[..Drawn].Order(), Draw(Having(Order[0], Order[5], Order[99]), Number).Places);
        Assert.Equal(Draw().Places.Select(place => (double)place), Draw().Inputs);
    }

    [Fact]
    public void Two_of_every_rarer_kind_are_drawn_in_the_order_of_chance()
    {
        AttributeValues rare = Having(Order[95], Order[97], Order[99]), common = Lacking(Order[50], Order[60]);
        Assert.Equal([.. Order[..6].Concat([Order[95], Order[97], Order[50], Order[60]]).Order()], Draw(rare, common).Places);
    }

    [Fact]
    public void An_image_that_is_alone_of_its_kind_is_drawn_and_so_is_one_that_stands_for_two() =>
        Assert.Equal([.. Order[..8].Concat([Order[80], Order[90]]).Order()], Draw(Having(Order[90]), Having(Order[80], Order[90])).Places);

    [Fact]
    public void Where_there_is_no_room_for_two_of_each_there_is_one_of_each_first()
    {
        AttributeValues[] classes = [.. Enumerable.Range(0, Drawn).Select(c => Having(Order[20 + 2 * c], Order[21 + 2 * c]))];
        Assert.Equal(Enumerable.Range(0, Drawn).Select(c => Order[20 + 2 * c]).Order(), Draw(classes).Places);
    }

    [Fact]
    public void All_are_taken_where_they_are_few() => Assert.Same(Codes, CurveSample.Of(Codes, [], Count, seed: 0));

    private static StandardizedCodes Draw(params AttributeValues[] attributes) => CurveSample.Of(Codes, attributes, Drawn, seed: 0);

    private static AttributeValues Number { get; } = new("number", [.. Enumerable.Range(0, Count).Select(i => i == Order[99] ? 1.0 : 0)], IsBinary: false);

    private static AttributeValues Having(params int[] places) => new("rare", [.. Enumerable.Range(0, Count).Select(i => places.Contains(i) ? 1.0 : 0)], IsBinary: true);

    private static AttributeValues Lacking(params int[] places) => new("common", [.. Enumerable.Range(0, Count).Select(i => places.Contains(i) ? 0 : 1.0)], IsBinary: true);
}
