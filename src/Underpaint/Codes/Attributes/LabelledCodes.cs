namespace Underpaint.Codes.Attributes;

/// <summary>Codes, and what is known about the images that they are of.</summary>
/// <param name="Codes">The codes.</param>
/// <param name="Attributes">The attributes, each with as many values as there are codes; at least one.</param>
public sealed record LabelledCodes(CodeTable Codes, IReadOnlyList<AttributeValues> Attributes)
{
    private const int MaxClasses = 1000;

    // A number for each image and class, 2 GiB; fitting takes as much again.
    private const long MaxValues = 1 << 28;
    private const string ClassFactor = "class";

    /// <summary>An attribute for every class that the images have: whether an image is of it.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="allowMissing">Whether to leave out images that have no class, instead of refusing them. Default false.</param>
    /// <exception cref="UnderpaintException">Images have no classes, or all the same one, or they are too many.</exception>
    public static LabelledCodes FromClasses(CodeTable codes, bool allowMissing = false)
    {
        int[] labelled = [.. Enumerable.Range(0, codes.Count).Where(i => codes.Rows.Labels[i] >= 0)];
        int without = codes.Count - labelled.Length;
        if (labelled.Length == 0)
            throw new UnderpaintException($"The images of {codes.Path} have no classes.",
                "Give their attributes in a file (--labels), or encode images that lie in a folder for each class.");
        if (without > 0 && !allowMissing)
            throw new UnderpaintException($"{without} of the {codes.Count} images of {codes.Path} {(without == 1 ? "has" : "have")} no class.",
                "Leave them out (--allow-missing), or give attributes in a file (--labels).");
        codes = without == 0 ? codes : codes.At(labelled);
        int[] present = [.. codes.Rows.Labels.Distinct().Order()];
        if (present.Length is < 2 or > MaxClasses)
            throw new UnderpaintException($"The images of {codes.Path} are of {present.Length} class{(present.Length == 1 ? "" : "es")}.",
                $"Encode images of 2 to {MaxClasses} classes, or give their attributes in a file (--labels).");
        if ((long)codes.Count * present.Length > MaxValues)
            throw new UnderpaintException($"{codes.Count} images of {present.Length} classes, as {codes.Path} has them, are too many for memory (at most {MaxValues:N0} values).",
                "Use fewer shards, or give the attributes that you need in a file (--labels).");
        return new(codes, [.. present.Select(label => IsLabel(NameOf(codes.LabelNames, label), codes.Rows.Labels, label, ClassFactor))]);
    }

    internal static AttributeValues IsLabel(string name, IEnumerable<int> labels, int label, string factor) =>
        new(name, [.. labels.Select(each => each == label ? 1.0 : 0.0)], IsBinary: true) { Factor = factor };

    // Two classes may have the same name; two attributes may not.
    private static string NameOf(IReadOnlyList<string> names, int label) =>
        names.Count(name => name == names[label]) == 1 ? names[label] : $"{names[label]} ({label})";
}
