namespace Underpaint.Codes.Files;

/// <summary>The rules that rows of every format keep.</summary>
internal static class CodeChecks
{
    /// <summary>The most bytes of an image's name in UTF-8.</summary>
    public const int MaxNameBytes = 1 << 16;

    /// <summary>The most numbers that are read at a time, stochastic codes included.</summary>
    public const int MaxValues = 1 << 26;

    // Their names may have MaxNameBytes each.
    private const int MaxRows = 1 << 14;

    /// <summary>How many codes to read at a time: as many as asked for, but no more than memory is meant for.</summary>
    public static int AtATime(int rows, CodeOrigin origin) =>
        Math.Clamp(MaxValues / (origin.CodeSize + origin.StochasticCodeSize), 1, Math.Min(rows, MaxRows));

    /// <summary>Checks rows that were read.</summary>
    /// <exception cref="FileFormatException">A number is not finite, or an image or a class cannot be.</exception>
    public static CodeRows Check(CodeRows rows, CodeHeader header, string file)
    {
        if (Array.Exists(rows.Codes, value => !float.IsFinite(value)) || Array.Exists(rows.StochasticCodes, value => !float.IsFinite(value)))
            throw CodeHeader.Broken(file, "holds a code with a number that is not finite");
        if (Array.Exists(rows.Indices, index => index < header.Origin.First || index >= header.Origin.End))
            throw CodeHeader.Broken(file, "has a code of an image that is not among those that it is about");
        if (Array.Exists(rows.Labels, label => label < -1 || label >= header.LabelNames.Count))
            throw CodeHeader.Broken(file, "gives an image a class that has no name");
        return rows;
    }
}
