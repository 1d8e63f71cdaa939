namespace Underpaint.Codes.Directions;

/// <summary>The values that the attributes of an image can have together. A point is one value for each attribute, in their own units.</summary>
internal sealed class AttributeSpace
{
    private readonly int[][] _factors;

    /// <summary>Names the attributes.</summary>
    /// <param name="axes">The attributes; at least one.</param>
    public AttributeSpace(IReadOnlyList<AttributeAxis> axes)
    {
        Axes = axes;
        // A class that no example has is no part of its factor: nothing may give way to it.
        _factors =
        [
            .. axes.Index().GroupBy(axis => axis.Item is { Varies: true, Factor: { } factor } ? factor : $"\0{axis.Index}", axis => axis.Index)
                .Select(factor => factor.ToArray()),
        ];
    }

    /// <summary>The attributes.</summary>
    public IReadOnlyList<AttributeAxis> Axes { get; }

    /// <summary>A point's values with mean 0 and deviation 1; 0 where an attribute never changes.</summary>
    public double[] Standardize(IReadOnlyList<double> point) =>
        [.. Axes.Select((axis, i) => axis.Deviation > 0 ? (point[i] - axis.Mean) / axis.Deviation : 0)];

    /// <summary>As <see cref="Standardize"/>, each the smaller the less codes tell of it.</summary>
    public double[] Weigh(IReadOnlyList<double> point) => [.. Standardize(point).Select((value, i) => value * Axes[i].Relevance)];

    /// <summary>The way back from standardised values, to the nearest that an image can have: a class has shares that add up to one, an angle a point on the circle, all else a value that was seen.</summary>
    public double[] Restore(double[] standardized) => Possible([.. Axes.Select((axis, i) => standardized[i] * axis.Deviation + axis.Mean)]);

    /// <summary>Moves a point along one attribute. The others stay, but for those of the same factor: another class gives way, an angle turns.</summary>
    /// <param name="point">The point.</param>
    /// <param name="attribute">Which attribute.</param>
    /// <param name="strength">How far, in its units.</param>
    public double[] Move(double[] point, int attribute, double strength)
    {
        double[] moved = [.. point];
        moved[attribute] += strength * Axes[attribute].Unit;
        int[] factor = _factors.First(factor => factor.Contains(attribute));
        if (IsClass(factor))
            GiveWay(point, moved, attribute, factor);
        return Possible(moved);
    }

    // The other classes share what is left in the proportions that they had.
    private static void GiveWay(double[] point, double[] moved, int attribute, int[] factor)
    {
        moved[attribute] = Math.Clamp(moved[attribute], 0, 1);
        double left = 1 - moved[attribute], had = 1 - point[attribute];
        foreach (int other in factor.Where(other => other != attribute))
            moved[other] = had > 1e-6 ? point[other] * left / had : left / (factor.Length - 1);
    }

    private double[] Possible(double[] point)
    {
        foreach (int[] factor in _factors)
        {
            if (IsClass(factor))
                Scale(point, factor, factor.Sum(i => point[i] = Math.Max(0, point[i])), otherwise: 1.0 / factor.Length);
            else if (factor.Length > 1)
                Scale(point, factor, Math.Sqrt(factor.Sum(i => point[i] * point[i])), otherwise: Math.Sqrt(1.0 / factor.Length));
            else
                point[factor[0]] = Math.Clamp(point[factor[0]], Axes[factor[0]].Low, Axes[factor[0]].High);
        }
        return point;
    }

    private static void Scale(double[] point, int[] factor, double length, double otherwise)
    {
        foreach (int i in factor)
            point[i] = length > 0 ? point[i] / length : otherwise;
    }

    private bool IsClass(int[] factor) => factor.Length > 1 && Axes[factor[0]].IsBinary;
}
