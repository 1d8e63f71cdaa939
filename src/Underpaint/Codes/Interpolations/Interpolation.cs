namespace Underpaint.Codes.Interpolations;

/// <summary>Ways between two codes.</summary>
public static class Interpolation
{
    // Nearly parallel codes have no arc worth following, and opposite ones no shortest.
    private const double LeastSine = 1e-6;

    /// <summary>The straight way, for codes.</summary>
    /// <param name="from">Where from.</param>
    /// <param name="to">Where to; as many numbers.</param>
    /// <param name="share">How far: 0 is the beginning, 1 the end.</param>
    /// <exception cref="ArgumentException">One has more numbers than the other.</exception>
    public static float[] Linear(ReadOnlySpan<float> from, ReadOnlySpan<float> to, double share) => Mix(from, to, 1 - share, share);

    /// <summary>
    /// The way along an arc, for stochastic codes: it stays as far from zero as noise does, where the straight way would make noise
    /// that is too weak in the middle. Nearly parallel and nearly opposite ones are joined by the straight way.
    /// </summary>
    /// <param name="from">Where from.</param>
    /// <param name="to">Where to; as many numbers.</param>
    /// <param name="share">How far: 0 is the beginning, 1 the end.</param>
    /// <exception cref="ArgumentException">One has more numbers than the other.</exception>
    public static float[] Spherical(ReadOnlySpan<float> from, ReadOnlySpan<float> to, double share)
    {
        double angle = Angle(from, to), sine = Math.Sin(angle);
        return sine < LeastSine
            ? Linear(from, to, share)
            : Mix(from, to, Math.Sin((1 - share) * angle) / sine, Math.Sin(share * angle) / sine);
    }

    private static double Angle(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        CheckSame(a, b);
        double product = 0, squares = 0, otherSquares = 0;
        for (int i = 0; i < a.Length; i++)
        {
            product += (double)a[i] * b[i];
            squares += (double)a[i] * a[i];
            otherSquares += (double)b[i] * b[i];
        }
        double lengths = Math.Sqrt(squares * otherSquares);
        return lengths > 0 ? Math.Acos(Math.Clamp(product / lengths, -1, 1)) : 0;
    }

    private static float[] Mix(ReadOnlySpan<float> a, ReadOnlySpan<float> b, double shareOfA, double shareOfB)
    {
        CheckSame(a, b);
        var mixed = new float[a.Length];
        for (int i = 0; i < mixed.Length; i++)
            mixed[i] = (float)(shareOfA * a[i] + shareOfB * b[i]);
        return mixed;
    }

    private static void CheckSame(ReadOnlySpan<float> from, ReadOnlySpan<float> to)
    {
        if (from.Length != to.Length)
            throw new ArgumentException($"A code of {from.Length} numbers and one of {to.Length} cannot be mixed.", nameof(to));
    }
}
