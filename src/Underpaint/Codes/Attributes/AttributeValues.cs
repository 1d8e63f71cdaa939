namespace Underpaint.Codes.Attributes;

/// <summary>One attribute of every image of a set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Its value for each image; of a binary one 1 or 0.</param>
/// <param name="IsBinary">Whether images have it or not; else it is a number.</param>
public sealed record AttributeValues(string Name, double[] Values, bool IsBinary)
{
    /// <summary>
    /// What it is a part of; null for nothing. Binary attributes of one factor are classes of which every image has one, numbers the cosine and the sine of an angle.
    /// </summary>
    public string? Factor { get; init; }

    /// <summary>An attribute as it is written: with two different values it is binary, and the higher says that an image has it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its value for each image; at least one.</param>
    public static AttributeValues Of(string name, double[] values)
    {
        double low = values.Min(), high = values.Max();
        bool isBinary = low < high && values.All(value => value == low || value == high);
        return new(name, isBinary ? [.. values.Select(value => value == high ? 1.0 : 0.0)] : values, isBinary);
    }
}
