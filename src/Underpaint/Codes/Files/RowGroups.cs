namespace Underpaint.Codes.Files;

/// <summary>Divides codes anew, by their place alone.</summary>
internal static class RowGroups
{
    /// <summary>The same codes in groups of one size; the last may be smaller.</summary>
    /// <param name="pieces">The codes in pieces of any size.</param>
    /// <param name="perGroup">Codes in a group, at least 1.</param>
    public static IEnumerable<CodeRows> Of(IEnumerable<CodeRows> pieces, int perGroup)
    {
        var waiting = new List<CodeRows>();
        foreach (CodeRows piece in pieces)
        {
            for (int first = 0; first < piece.Count;)
            {
                int count = Math.Min(perGroup - waiting.Sum(rows => rows.Count), piece.Count - first);
                waiting.Add(Slice(piece, first, count));
                first += count;
                if (waiting.Sum(rows => rows.Count) == perGroup)
                {
                    yield return Join(waiting);
                    waiting.Clear();
                }
            }
        }
        if (waiting.Count > 0)
            yield return Join(waiting);
    }

    /// <summary>Some of the codes.</summary>
    public static CodeRows Slice(CodeRows rows, int first, int count)
    {
        int code = rows.Codes.Length / rows.Count, stochastic = rows.StochasticCodes.Length / rows.Count;
        return new()
        {
            Indices = rows.Indices[first..(first + count)],
            Files = rows.Files[first..(first + count)],
            Labels = rows.Labels[first..(first + count)],
            Codes = rows.Codes[(first * code)..((first + count) * code)],
            StochasticCodes = rows.StochasticCodes[(first * stochastic)..((first + count) * stochastic)],
        };
    }

    private static CodeRows Join(List<CodeRows> pieces) => pieces is [var single] ? single : new()
    {
        Indices = [.. pieces.SelectMany(rows => rows.Indices)],
        Files = [.. pieces.SelectMany(rows => rows.Files)],
        Labels = [.. pieces.SelectMany(rows => rows.Labels)],
        Codes = Concat(pieces.ConvertAll(rows => rows.Codes)),
        StochasticCodes = Concat(pieces.ConvertAll(rows => rows.StochasticCodes)),
    };

    private static float[] Concat(List<float[]> pieces)
    {
        var all = new float[pieces.Sum(piece => piece.Length)];
        int at = 0;
        foreach (float[] piece in pieces)
        {
            piece.CopyTo(all, at);
            at += piece.Length;
        }
        return all;
    }
}
