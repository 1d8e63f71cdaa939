namespace Underpaint.Codes.Attributes;

/// <summary>Codes, and what is known about the images that they are of.</summary>
/// <param name="Codes">The codes.</param>
/// <param name="Attributes">The attributes, each with as many values as there are codes; at least one.</param>
public sealed record LabelledCodes(CodeTable Codes, IReadOnlyList<AttributeValues> Attributes)
{
    private const int MaxClasses = 1000;
    private const string ClassFactor = "class";

    /// <summary>An attribute for every class that the images have: whether an image is of it.</summary>
    /// <param name="codes">The codes.</param>
    /// <exception cref="UnderpaintException">The images have no classes, or all the same one, or too many.</exception>
    public static LabelledCodes FromClasses(CodeTable codes)
    {
        int[] present = [.. codes.Rows.Labels.Distinct().Order()];
        if (present.Contains(-1))
            throw new UnderpaintException($"The images of {codes.Path} have no classes.",
                "Give their attributes in a file (--labels), or encode images that lie in a folder for each class.");
        if (present.Length is < 2 or > MaxClasses)
            throw new UnderpaintException($"The images of {codes.Path} are of {present.Length} class{(present.Length == 1 ? "" : "es")}.",
                $"Encode images of 2 to {MaxClasses} classes, or give their attributes in a file (--labels).");
        return new(codes, [.. present.Select(label => IsLabel(NameOf(codes.LabelNames, label), codes.Rows.Labels, label, ClassFactor))]);
    }

    internal static AttributeValues IsLabel(string name, IEnumerable<int> labels, int label, string factor) =>
        new(name, [.. labels.Select(each => each == label ? 1.0 : 0.0)], IsBinary: true) { Factor = factor };

    // Two classes may have the same name; two attributes may not.
    private static string NameOf(IReadOnlyList<string> names, int label) =>
        names.Count(name => name == names[label]) == 1 ? names[label] : $"{names[label]} ({label})";
}
