using System.Globalization;

namespace Underpaint.Codes;

/// <summary>One of several equal shares of a piece of work, so that several machines can do it.</summary>
/// <param name="Number">Which, 1 … <paramref name="Count"/>.</param>
/// <param name="Count">How many there are.</param>
public sealed record Shard(int Number, int Count)
{
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

    private static bool IsNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
