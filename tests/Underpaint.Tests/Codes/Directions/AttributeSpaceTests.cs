using FsCheck;
using FsCheck.Fluent;
using Underpaint.Codes.Directions;

namespace Underpaint.Tests.Codes.Directions;

public class AttributeSpaceTests
{
    private const int Cat = 0, Dog = 1, Hen = 2, Cosine = 3, Sine = 4, Hat = 5, Age = 6;

    private static readonly AttributeSpace Space = new(
    [
        Class(), Class(), Class(),
        new(IsBinary: false, "hue", Mean: 0, Deviation: 0.7, Low: -1, High: 1, Relevance: 1),
        new(IsBinary: false, "hue", Mean: 0, Deviation: 0.7, Low: -1, High: 1, Relevance: 1),
        new(IsBinary: true, null, Mean: 0.3, Deviation: 0.5, Low: 0, High: 1, Relevance: 0.5),
        new(IsBinary: false, null, Mean: 40, Deviation: 10, Low: 18, High: 70, Relevance: 0),
    ]);

    private static readonly double[] Point = [1, 0, 0, 1, 0, 0, 40];

    [Fact]
    public void A_class_gives_way_to_another()
    {
        Assert.Equal([0, 1, 0], Space.Move(Point, Dog, 1)[..3]);
        Assert.Equal([0.75, 0.25, 0], Space.Move(Point, Dog, 0.25)[..3]);
        Assert.Equal([0, 1, 0], Space.Move(Point, Dog, 5)[..3]);
        Assert.Equal(Point[..3], Space.Move(Point, Dog, -1)[..3]);
        Assert.Equal([0, 0.5, 0.5], Space.Move(Point, Cat, -1)[..3]);
        Assert.Equal([0, 0.25, 0.75], Space.Move([0.6, 0.1, 0.3, 1, 0, 0, 40], Cat, -1)[..3], (expected, actual) => Math.Abs(expected - actual) < 1e-12);
    }

    [Fact]
    public void An_angle_turns()
    {
        double[] moved = Space.Move(Point, Sine, 1);
        Assert.Equal(1, Math.Sqrt(moved[Cosine] * moved[Cosine] + moved[Sine] * moved[Sine]), 1e-12);
        Assert.Equal(Math.Atan2(1.4, 1), Math.Atan2(moved[Sine], moved[Cosine]), 1e-12);
    }

    [Fact]
    public void What_stands_alone_ends_where_what_was_seen_ends()
    {
        Assert.Equal([1, 0], [Space.Move(Point, Hat, 2)[Hat], Space.Move(Point, Hat, -1)[Hat]]);
        Assert.Equal([60, 70, 18], [Space.Move(Point, Age, 1)[Age], Space.Move(Point, Age, 3)[Age], Space.Move(Point, Age, -2)[Age]]);
    }

    [Fact]
    public void Nothing_gives_way_to_a_class_that_no_example_has()
    {
        var space = new AttributeSpace([Class(), Class(), new(IsBinary: true, "class", Mean: 0, Deviation: 0, Low: 0, High: 0, Relevance: 0)]);
        Assert.Equal([0, 1, 0], space.Move([1, 0, 0], Cat, -1));
        Assert.Equal([0.5, 0.5, 0], space.Restore([-9, -9, 9]));
        Assert.Equal([1, 0, 0], space.Move([1, 0, 0], Hen, 1));
    }

    [Fact]
    public void All_else_stays()
    {
        foreach (int attribute in new[] { Dog, Sine, Hat, Age })
        {
            double[] moved = Space.Move(Point, attribute, 0.5);
            int[] others = [.. Enumerable.Range(0, Point.Length).Where(i => i != attribute && (Space.Axes[i].Factor ?? "alone") != (Space.Axes[attribute].Factor ?? "by itself"))];
            Assert.Equal(others.Select(i => Point[i]), others.Select(i => moved[i]));
        }
    }

    [Fact]
    public void Points_are_standardised_weighed_and_brought_back()
    {
        Assert.Equal(Point, Space.Restore(Space.Standardize(Point)), (expected, actual) => Math.Abs(expected - actual) < 1e-12);
        Assert.Equal([-0.3, 0], Space.Weigh(Point)[Hat..], (expected, actual) => Math.Abs(expected - actual) < 1e-12);
        double[] odd = Space.Restore([9, 9, -9, 9, 0, 9, 9]);
        Assert.Equal([0.5, 0.5, 0, 1, 0, 1, 70], odd);
    }

    [Fact]
    public void Whatever_is_read_and_wherever_it_is_moved_an_image_can_have_it_and_no_move_is_none() =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true), Prop.ForAll(Moves, move =>
        {
            double[] read = Space.Restore(move.Read), moved = Space.Move(read, move.Attribute, move.Strength), still = Space.Move(read, move.Attribute, 0);
            return IsPossible(read) && IsPossible(moved) && read.Zip(still).All(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
        }));

    private static Arbitrary<(double[] Read, int Attribute, double Strength)> Moves =>
        (from read in Gen.Choose(-400, 400).Select(value => value / 100.0).ArrayOf(7)
         from attribute in Gen.Choose(Cat, Age)
         from strength in Gen.Choose(-300, 300)
         select (read, attribute, strength / 100.0)).ToArbitrary();

    private static bool IsPossible(double[] point) =>
        point[..3].All(share => share >= 0) && Math.Abs(point[..3].Sum() - 1) < 1e-9
        && Math.Abs(point[Cosine] * point[Cosine] + point[Sine] * point[Sine] - 1) < 1e-9
        && point[Hat] is >= 0 and <= 1 && point[Age] is >= 18 and <= 70;

    private static AttributeAxis Class() => new(IsBinary: true, "class", Mean: 1 / 3.0, Deviation: 0.5, Low: 0, High: 1, Relevance: 1);
}
