using System.Drawing;
using FsCheck;
using FsCheck.Fluent;
using Underpaint.Reports.Plots;

namespace Underpaint.Tests.Reports.Plots;

public class LabelPlaceTests
{
    private static readonly RectangleF Inside = new(48, 4, 478, 238);

    [Fact]
    public void A_name_stands_right_of_its_point() =>
        Assert.Equal([new(1, 0)], Choose([(new(200, 100), "paper")]));

    [Fact]
    public void A_name_at_the_right_edge_stands_left_of_its_point() =>
        Assert.Equal([new(-1, 0)], Choose([(new(Inside.Right - 6, 100), "paper")]));

    [Fact]
    public void A_name_does_not_hide_the_next_point() =>
        Assert.Equal(new(-1, 0), Choose([(new(200, 100), "paper"), (new(220, 100), "s1")])[0]);

    [Fact]
    public void A_name_does_not_hide_points_that_have_none() =>
        Assert.Equal([new(0, -1)], Choose([(new(200, 100), "paper")], new(180, 100), new(220, 100)));

    [Fact]
    public void A_name_in_a_crowd_stands_farther_off() =>
        Assert.All(Choose([(new(200, 100), "paper")], [.. Around(new(200, 100), 12)]), place => Assert.True(place.Ring > 0));

    [Fact]
    public void Of_many_names_close_together_each_can_be_read()
    {
        (PointF At, string Name)[] points = [.. Enumerable.Range(0, 9).Select(i => (new PointF(420 + i % 3 * 24, 90 + i / 3 * 20), $"arm-{i}"))];
        IReadOnlyList<LabelPlace> places = Choose(points);
        RectangleF[] boxes = [.. points.Zip(places, (point, place) => place.Box(point.At, point.Name))];
        Assert.All(boxes, box => Assert.True(Inside.Contains(box)));
        float letter = 100;
        Assert.All(boxes, box => Assert.True(boxes.Where(other => other != box).Sum(other => Area(RectangleF.Intersect(box, other))) < letter));
    }

    [Fact]
    public void Two_points_have_names_clear_of_each_other_however_close_they_are() =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true), Prop.ForAll<byte, byte, byte>((x, y, apart) =>
        {
            PointF first = new(120 + x, 50 + y * 0.5f);
            (PointF At, string Name)[] points = [(first, "one"), (first + new SizeF(apart % 30, apart / 30), "two")];
            IReadOnlyList<LabelPlace> places = Choose(points);
            return !places[0].Box(points[0].At, "one").IntersectsWith(places[1].Box(points[1].At, "two"));
        }));

    private static IReadOnlyList<LabelPlace> Choose(IReadOnlyList<(PointF At, string Name)> points, params PointF[] nameless) =>
        LabelPlace.Choose(points, nameless, Inside);

    private static float Area(RectangleF box) => box.Width * box.Height;

    private static IEnumerable<PointF> Around(PointF at, float distance) =>
        from x in (float[])[-distance, 0, distance] from y in (float[])[-distance, 0, distance] where x != 0 || y != 0 select at + new SizeF(x, y);
}
