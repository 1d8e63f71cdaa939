using System.Numerics;
using System.Runtime.InteropServices;

namespace Underpaint.Codes.Probes;

/// <summary>Finds the nearest of many codes, by Euclidean distance of codes standardised by their statistics.</summary>
public sealed class CodeNeighbors
{
    private readonly CodeStatistics _statistics;
    private readonly float[] _known;

    /// <summary>Takes the codes to search.</summary>
    /// <param name="codes">Whole codes one after the other; at least one.</param>
    /// <param name="codeSize">Numbers in a code.</param>
    /// <exception cref="UnderpaintException">A code holds a number that is not finite.</exception>
    public CodeNeighbors(float[] codes, int codeSize)
    {
        _statistics = CodeStatistics.Of([codes], codeSize);
        _known = _statistics.StandardizeToSingle(codes);
    }

    /// <summary>How many codes are searched.</summary>
    public int Count => _known.Length / _statistics.CodeSize;

    /// <summary>The nearest codes to one: nearest first; of equally near ones, the one that stands first.</summary>
    /// <param name="code">The code.</param>
    /// <param name="count">How many, at least 1; fewer where there are fewer.</param>
    public IReadOnlyList<CodeNeighbor> Find(ReadOnlySpan<float> code, int count) => Search(_statistics.StandardizeToSingle(code), count);

    /// <summary>
    /// How far the codes are from each other: the median distance of a code to the nearest other one, over at most 1000 of them, evenly spread. New
    /// codes that are much nearer to one of these are copies.
    /// </summary>
    /// <returns>The distance; 0 where there is no other code.</returns>
    public double UsualDistance()
    {
        const int Most = 1000;
        int tried = Math.Min(Count, Most), size = _statistics.CodeSize;
        if (Count < 2)
            return 0;
        var distances = new double[tried];
        Parallel.For(0, tried, i =>
        {
            int place = (int)((long)i * Count / tried);
            distances[i] = Search(_known.AsSpan(place * size, size), 2).First(neighbor => neighbor.Place != place).Distance;
        });
        Array.Sort(distances);
        return distances[tried / 2];
    }

    private CodeNeighbor[] Search(ReadOnlySpan<float> code, int count)
    {
        var places = new int[Math.Min(count, Count)];
        var distances = new float[places.Length];
        Array.Fill(distances, float.PositiveInfinity);
        for (int i = 0; i < Count; i++)
        {
            float distance = Distance(_known.AsSpan(i * code.Length, code.Length), code);
            if (!(distance < distances[^1]))
                continue;
            int place = places.Length - 1;
            for (; place > 0 && distance < distances[place - 1]; place--)
                (distances[place], places[place]) = (distances[place - 1], places[place - 1]);
            (distances[place], places[place]) = (distance, i);
        }
        int size = code.Length;
        return [.. places.Zip(distances, (place, squares) => new CodeNeighbor(place, Math.Sqrt(squares / size)))];
    }

    private static float Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> left = MemoryMarshal.Cast<float, Vector<float>>(a), right = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sums = Vector<float>.Zero;
        for (int i = 0; i < left.Length; i++)
            sums += (left[i] - right[i]) * (left[i] - right[i]);
        float sum = Vector.Sum(sums);
        for (int i = left.Length * Vector<float>.Count; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
