using System.Numerics;

namespace Underpaint.Data.Synthetic;

/// <summary>Where a shape ends: the signed distance to its edge, negative inside.</summary>
/// <remarks>The distances to star, heart and triangle are Inigo Quilez's exact ones.</remarks>
internal readonly struct OrnamentOutline(OrnamentFactors factors)
{
    private readonly OrnamentShape _shape = factors.Shape;
    private readonly float _radius = (float)factors.Size;

    /// <summary>The shape's centre, in image widths.</summary>
    public Vector2 Center { get; } = new((float)factors.X, (float)factors.Y);

    /// <summary>The distance to the edge in image widths; negative inside the shape.</summary>
    /// <param name="point">In image widths, y down.</param>
    public float Distance(Vector2 point)
    {
        Vector2 p = (point - Center) / _radius;
        p.Y = -p.Y;
        return _radius * _shape switch
        {
            OrnamentShape.Circle => p.Length() - 1,
            OrnamentShape.Square => Square(p, half: 0.9f, corner: 0.18f),
            OrnamentShape.Triangle => Triangle(p + new Vector2(0, 0.12f), half: 0.98f, corner: 0.15f),
            OrnamentShape.Star => Star(p + new Vector2(0, 0.04f), tip: 1.16f, waist: 0.53f) - 0.06f,
            OrnamentShape.Heart => 1.9f * Heart(p / 1.9f + new Vector2(0, 0.54f)),
            _ => MathF.Abs(p.Length() - 0.76f) - 0.32f,
        };
    }

    private static float Square(Vector2 p, float half, float corner)
    {
        Vector2 q = Vector2.Abs(p) - new Vector2(half - corner);
        return Vector2.Max(q, Vector2.Zero).Length() + MathF.Min(MathF.Max(q.X, q.Y), 0) - corner;
    }

    private static float Triangle(Vector2 p, float half, float corner)
    {
        const float Slope = 1.7320508f;
        p = new Vector2(MathF.Abs(p.X) - half, p.Y + half / Slope);
        if (p.X + Slope * p.Y > 0)
            p = new Vector2(p.X - Slope * p.Y, -Slope * p.X - p.Y) / 2;
        p.X -= Math.Clamp(p.X, -2 * half, 0);
        return -p.Length() * MathF.Sign(p.Y) - corner;
    }

    private static float Star(Vector2 p, float tip, float waist)
    {
        var right = new Vector2(0.8090170f, -0.5877853f);
        var left = new Vector2(-right.X, right.Y);
        p.X = MathF.Abs(p.X);
        p -= 2 * MathF.Max(Vector2.Dot(right, p), 0) * right;
        p -= 2 * MathF.Max(Vector2.Dot(left, p), 0) * left;
        p = new Vector2(MathF.Abs(p.X), p.Y - tip);
        Vector2 edge = waist * new Vector2(-right.Y, right.X) - Vector2.UnitY;
        float along = Math.Clamp(Vector2.Dot(p, edge) / edge.LengthSquared(), 0, tip);
        return (p - edge * along).Length() * MathF.Sign(p.Y * edge.X - p.X * edge.Y);
    }

    private static float Heart(Vector2 p)
    {
        p.X = MathF.Abs(p.X);
        if (p.X + p.Y > 1)
            return (p - new Vector2(0.25f, 0.75f)).Length() - MathF.Sqrt(2) / 4;
        float notch = (p - Vector2.UnitY).LengthSquared();
        float side = (p - new Vector2(0.5f * MathF.Max(p.X + p.Y, 0))).LengthSquared();
        return MathF.Sqrt(MathF.Min(notch, side)) * MathF.Sign(p.X - p.Y);
    }
}
