using System.Drawing;
using FsCheck;
using FsCheck.Fluent;
using Underpaint.Reports.Plots;

namespace Underpaint.Tests.Reports.Plots;

public class LabelPlaceTests
{
    [Fact]
    public void A_name_stands_right_of_its_point() =>
        Assert.Equal([new(1, 0)], LabelPlace.Choose([(new(200, 100), "paper")], []));

    [Fact]
    public void A_name_at_the_right_edge_stands_left_of_its_point() =>
        Assert.Equal([new(-1, 0)], LabelPlace.Choose([(new(PlotSheet.Width - 20, 100), "paper")], []));

    [Fact]
    public void A_name_does_not_hide_the_next_point() =>
        Assert.Equal(new(-1, 0), LabelPlace.Choose([(new(200, 100), "paper"), (new(220, 100), "s1")], [])[0]);

    [Fact]
    public void A_name_does_not_hide_points_that_have_none() =>
        Assert.Equal([new(0, -1)], LabelPlace.Choose([(new(200, 100), "paper")], [new(180, 100), new(220, 100)]));

    [Fact]
    public void Two_points_have_names_clear_of_each_other_however_close_they_are() =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true), Prop.ForAll<byte, byte, byte>((x, y, apart) =>
        {
            PointF first = new(120 + x, 50 + y * 0.5f);
            (PointF At, string Name)[] points = [(first, "one"), (first + new SizeF(apart % 30, apart / 30), "two")];
            IReadOnlyList<LabelPlace> places = LabelPlace.Choose(points, []);
            return !places[0].Box(points[0].At, "one").IntersectsWith(places[1].Box(points[1].At, "two"));
        }));
}
