using System.Drawing;

namespace Underpaint.Reports.Plots;

/// <summary>Where a point's name stands: beside it, on the side where it hides least of the others.</summary>
/// <param name="Right">Whether it begins right of the point (1), ends left of it (−1) or is centred on it (0).</param>
/// <param name="Down">Whether it is below the point (1), above it (−1) or at its height (0).</param>
internal readonly record struct LabelPlace(int Right, int Down)
{
    // Of the plots' labels, in the units of a sheet: letters differ, and this is wide enough for most names.
    private const float LetterWidth = 6.8f, LineHeight = 15, Distance = 8;

    private static readonly LabelPlace[] Sides = [new(1, 0), new(-1, 0), new(0, -1), new(0, 1), new(1, -1), new(1, 1), new(-1, -1), new(-1, 1)];

    /// <summary>How far from its point the name stands, across.</summary>
    public float OffsetX => Right * (Down == 0 ? Distance : Distance / 2);

    /// <summary>How far from its point the name stands, downwards.</summary>
    public float OffsetY => Down * (Right == 0 ? Distance : Distance / 2);

    /// <summary>A place for each name, in turn, to the right of its point if nothing is there.</summary>
    /// <param name="points">Where the points are on the sheet, and their names.</param>
    /// <param name="nameless">Where there are points without a name.</param>
    public static IReadOnlyList<LabelPlace> Choose(IReadOnlyList<(PointF At, string Name)> points, IEnumerable<PointF> nameless)
    {
        var taken = points.Select(point => point.At).Concat(nameless)
            .Select(at => RectangleF.Inflate(new RectangleF(at, SizeF.Empty), Distance / 2, Distance / 2)).ToList();
        return [.. points.Select(Place)];

        LabelPlace Place((PointF At, string Name) point)
        {
            LabelPlace best = Sides.MinBy(side => Hidden(side.Box(point.At, point.Name)));
            taken.Add(best.Box(point.At, point.Name));
            return best;
        }

        float Hidden(RectangleF box) => Area(box) - Area(RectangleF.Intersect(box, PlotSheet.Inside))
            + taken.Sum(other => Area(RectangleF.Intersect(box, other)));
    }

    /// <summary>What the name covers.</summary>
    /// <param name="at">Its point on the sheet.</param>
    /// <param name="name">The name.</param>
    public RectangleF Box(PointF at, string name)
    {
        float width = name.Length * LetterWidth;
        return new(at.X + OffsetX + (Right - 1) * width / 2, at.Y + OffsetY + (Down - 1) * LineHeight / 2, width, LineHeight);
    }

    private static float Area(RectangleF box) => box.Width * box.Height;
}
