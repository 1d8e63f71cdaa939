namespace Underpaint.Codes.Probes;

/// <summary>
/// Finds the minimum of a smooth convex function by its gradients, in double precision: L-BFGS (Nocedal 1980) with steps that satisfy Armijo's and the
/// weak Wolfe condition, found by bisection.
/// </summary>
internal static class LimitedMemoryBfgs
{
    private const int Memory = 10;
    private const double Decrease = 1e-4, Curvature = 0.9;
    private const int MaxTrials = 40;

    /// <summary>A function's value; it writes its gradient.</summary>
    /// <param name="at">Where.</param>
    /// <param name="gradient">Filled with the gradient there.</param>
    public delegate double Function(double[] at, double[] gradient);

    /// <summary>Goes downhill until the gradient vanishes.</summary>
    /// <param name="function">The function.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="tolerance">It ends where no component of the gradient is larger.</param>
    /// <param name="maxIterations">It ends after so many steps in any case.</param>
    public static double[] Minimize(Function function, double[] start, double tolerance = 1e-8, int maxIterations = 1000)
    {
        double[] at = [.. start], gradient = new double[at.Length];
        double value = function(at, gradient);
        var pairs = new List<Pair>();
        for (int iteration = 0; iteration < maxIterations && gradient.Max(Math.Abs) > tolerance; iteration++)
        {
            double[] direction = Direction(gradient, pairs);
            // The first step has no scale to go by yet.
            double step = pairs.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(Dot(gradient, gradient))) : 1;
            if (Search(function, at, value, gradient, direction, step) is not { } found)
                break;
            Remember(pairs, Difference(found.At, at), Difference(found.Gradient, gradient));
            (at, gradient, value) = found;
        }
        return at;
    }

    // The two-loop recursion: minus the gradient times an approximation of the inverse of the Hessian.
    private static double[] Direction(double[] gradient, List<Pair> pairs)
    {
        double[] direction = [.. gradient.Select(component => -component)];
        var weights = new double[pairs.Count];
        for (int i = pairs.Count - 1; i >= 0; i--)
        {
            weights[i] = Dot(pairs[i].Step, direction) * pairs[i].InverseCurvature;
            AddTo(direction, pairs[i].Change, -weights[i]);
        }
        if (pairs is [.., var last])
            Scale(direction, 1 / (last.InverseCurvature * Dot(last.Change, last.Change)));
        for (int i = 0; i < pairs.Count; i++)
            AddTo(direction, pairs[i].Step, weights[i] - Dot(pairs[i].Change, direction) * pairs[i].InverseCurvature);
        return direction;
    }

    // Null where rounding leaves no way down.
    private static (double[] At, double[] Gradient, double Value)? Search(
        Function function, double[] start, double value, double[] gradient, double[] direction, double step)
    {
        double slope = Dot(gradient, direction), low = 0, high = double.PositiveInfinity;
        double[] at = new double[start.Length], there = new double[start.Length];
        for (int trial = 0; trial < MaxTrials && slope < 0; trial++)
        {
            start.CopyTo(at, 0);
            AddTo(at, direction, step);
            double reached = function(at, there);
            if (!(reached <= value + Decrease * step * slope))
                high = step;
            else if (Dot(there, direction) < Curvature * slope)
                low = step;
            else
                return (at, there, reached);
            step = double.IsPositiveInfinity(high) ? 2 * step : (low + high) / 2;
        }
        return null;
    }

    private static void Remember(List<Pair> pairs, double[] step, double[] change)
    {
        double curvature = Dot(step, change);
        if (curvature <= 0)
            return;
        if (pairs.Count == Memory)
            pairs.RemoveAt(0);
        pairs.Add(new(step, change, 1 / curvature));
    }

    private static double Dot(double[] a, double[] b) => DoubleVectors.Dot(a, b);

    private static void AddTo(double[] sum, double[] vector, double factor) => DoubleVectors.AddTo(sum, vector, factor);

    private static void Scale(double[] vector, double factor)
    {
        foreach (ref double component in vector.AsSpan())
            component *= factor;
    }

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private sealed record Pair(double[] Step, double[] Change, double InverseCurvature);
}
