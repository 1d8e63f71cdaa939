using System.Numerics;
using System.Runtime.InteropServices;

namespace Underpaint.Codes.Probes;

/// <summary>The two operations on long vectors that probes spend their time in, as many numbers at a time as the processor takes.</summary>
internal static class DoubleVectors
{
    /// <summary>The sum of the products.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> left = MemoryMarshal.Cast<double, Vector<double>>(a), right = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < left.Length; i++)
            sums += left[i] * right[i];
        double sum = Vector.Sum(sums);
        for (int i = left.Length * Vector<double>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>Adds a multiple of a vector.</summary>
    public static void AddTo(Span<double> sum, ReadOnlySpan<double> vector, double factor)
    {
        Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(sum);
        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(vector);
        for (int i = 0; i < to.Length; i++)
            to[i] += from[i] * factor;
        for (int i = to.Length * Vector<double>.Count; i < sum.Length; i++)
            sum[i] += vector[i] * factor;
    }
}
