using System.Globalization;

namespace Underpaint.Codes;

/// <summary>One of several equal shares of a piece of work, so that several machines can do it.</summary>
/// <param name="Number">Which, 1 … <paramref name="Count"/>.</param>
/// <param name="Count">How many there are.</param>
/// <exception cref="ArgumentOutOfRangeException">The number is not from 1 to the count.</exception>
public sealed record Shard(int Number, int Count)
{
    /// <summary>Which, 1 … <see cref="Count"/>.</summary>
    public int Number { get; } = Number >= 1 && Number <= Count
        ? Number
        : throw new ArgumentOutOfRangeException(nameof(Number), Number, $"The numbers of {Count} shards go from 1 to {Count}.");

    /// <summary>How many there are.</summary>
    public int Count { get; } = Count;

    /// <summary>All of the work.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Reads "2/8".</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="UnderpaintException">It says no shard.</exception>
    public static Shard Parse(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2 && IsNumber(parts[0], out int number) && IsNumber(parts[1], out int count) && number >= 1 && number <= count
            ? new Shard(number, count)
            : throw new UnderpaintException($"\"{text}\" names no shard.", "Write NUMBER/COUNT, such as 1/4, 2/4, 3/4 and 4/4.");
    }

    /// <summary>This share of <paramref name="total"/> things in a row.</summary>
    /// <param name="total">How many there are.</param>
    public (int First, int End) Of(int total) => ((int)((long)total * (Number - 1) / Count), (int)((long)total * Number / Count));

    /// <summary>
    /// This share of <paramref name="total"/> things that are worked on in batches. Shards are divided between batches, never within one: a thing
    /// always has the same company, and so comes out with the same bits.
    /// </summary>
    /// <param name="total">How many there are, at least 1.</param>
    /// <param name="batch">Things in a batch; the last has what is left.</param>
    /// <param name="things">What they are called, for the message: "images".</param>
    /// <exception cref="UnderpaintException">There are more shards than batches.</exception>
    internal (int First, int End) Of(int total, int batch, string things)
    {
        int batches = (int)(((long)total + batch - 1) / batch);
        if (Count > batches)
            throw new UnderpaintException($"{total} {things} make {batches} batches of {batch}, which cannot be divided into {Count} shards.",
                $"Use at most {batches} {(batches == 1 ? "shard" : "shards")}.");
        var (first, end) = Of(batches);
        return (first * batch, (int)Math.Min((long)end * batch, total));
    }

    private static bool IsNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
