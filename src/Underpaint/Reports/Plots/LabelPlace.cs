using System.Drawing;

namespace Underpaint.Reports.Plots;

/// <summary>Where a point's name stands: beside it, on the side where it hides least of the others, or farther off on a line.</summary>
/// <param name="Right">Whether it begins right of the point (1), ends left of it (−1) or is centred on it (0).</param>
/// <param name="Down">Whether it is below the point (1), above it (−1) or at its height (0).</param>
/// <param name="Ring">How far off it is: 0 beside the point; from 1 on so far that a line must tell whose name it is.</param>
internal readonly record struct LabelPlace(int Right, int Down, int Ring = 0)
{
    // Of the plots' labels, in the units of a sheet: letters differ, and this is wide enough for most names.
    private const float LetterWidth = 6.8f, LineHeight = 15, Distance = 8;

    // Per covered area: a letter over another can often be read, a point under a name is gone, and so is what the edge cuts off.
    private const float NameCost = 2, PointCost = 4, OutsideCost = 4;
    // A name far from its point is harder to find: a letter over another is as bad.
    private const float RingCost = LetterWidth * LineHeight;

    private const int Rings = 4, Rounds = 20;

    private static readonly (int Right, int Down)[] Sides = [(1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1)];

    private static readonly LabelPlace[] All = [.. Enumerable.Range(0, Rings).SelectMany(ring => Sides.Select(side => new LabelPlace(side.Right, side.Down, ring)))];

    /// <summary>How far from its point the name stands, across.</summary>
    public float OffsetX => Right * (Down == 0 ? Reach : Reach / 2);

    /// <summary>How far from its point the name stands, downwards.</summary>
    public float OffsetY => Down * (Right == 0 ? Reach : Reach / 2);

    private float Reach => Distance * (1 + 2 * Ring);

    /// <summary>A place for each name, right beside its point if nothing is there.</summary>
    /// <param name="points">Where the points are on the sheet, and their names.</param>
    /// <param name="nameless">Where there are points without a name.</param>
    /// <param name="inside">Where names are whole.</param>
    public static IReadOnlyList<LabelPlace> Choose(IReadOnlyList<(PointF At, string Name)> points, IEnumerable<PointF> nameless, RectangleF inside)
    {
        RectangleF[] marks = [.. points.Select(point => point.At).Concat(nameless).Select(at => Around(at, Distance / 2))];
        var names = new RectangleF[points.Count];
        var places = new LabelPlace[points.Count];
        // The first that choose know nothing of the last: all choose again until nobody moves.
        LabelPlace[] before;
        int round = 0;
        do
        {
            before = [.. places];
            for (int i = 0; i < points.Count; i++)
            {
                (names[i], places[i]) = (RectangleF.Empty, default);
                places[i] = All.MinBy(place => Cost(place, points[i]));
                names[i] = places[i].Box(points[i].At, points[i].Name);
            }
        }
        while (!places.SequenceEqual(before) && ++round < Rounds);
        return places;

        float Cost(LabelPlace place, (PointF At, string Name) point)
        {
            RectangleF box = place.Box(point.At, point.Name);
            return OutsideCost * (Area(box) - Area(RectangleF.Intersect(box, inside)))
                + PointCost * Covered(box, marks) + NameCost * Covered(box, names)
                + RingCost * (place.Ring + 2 * names.Count(name => place.Crosses(point.At, name))
                    + 2 * points.Where((other, i) => places[i].Crosses(other.At, box)).Count());
        }
    }

    /// <summary>What the name covers.</summary>
    /// <param name="at">Its point on the sheet.</param>
    /// <param name="name">The name.</param>
    public RectangleF Box(PointF at, string name)
    {
        float width = name.Length * LetterWidth;
        return new(at.X + OffsetX + (Right - 1) * width / 2, at.Y + OffsetY + (Down - 1) * LineHeight / 2, width, LineHeight);
    }

    // Whether the line to the name, if there is one, runs through another: looked at so often that it cannot jump over a line of text.
    private bool Crosses(PointF at, RectangleF name)
    {
        (float x, float y, int looks) = (OffsetX, OffsetY, 2 * Ring);
        return Enumerable.Range(0, looks).Any(i => name.Contains(at.X + x * i / looks, at.Y + y * i / looks));
    }

    private static float Covered(RectangleF box, IEnumerable<RectangleF> others) => others.Sum(other => Area(RectangleF.Intersect(box, other)));

    private static RectangleF Around(PointF at, float distance) => RectangleF.Inflate(new RectangleF(at, SizeF.Empty), distance, distance);

    private static float Area(RectangleF box) => box.Width * box.Height;
}
