namespace Underpaint.Codes.Attributes;

/// <summary>What the attributes of a factor are called.</summary>
internal static class AttributeNames
{
    /// <summary>Whether the factor has one of its values, such as "shape=star".</summary>
    public static string OfClass(string factor, string value) => $"{factor}={value}";

    /// <summary>The cosine of a circular factor, such as "hue-cos".</summary>
    public static string OfCosine(string factor) => $"{factor}-cos";

    /// <summary>The sine of a circular factor, such as "hue-sin".</summary>
    public static string OfSine(string factor) => $"{factor}-sin";
}
