namespace Underpaint.Codes;

/// <summary>All codes of a source in memory.</summary>
public sealed record CodeTable
{
    /// <summary>Where they come from, for messages.</summary>
    public required string Path { get; init; }

    /// <summary>What they were made of.</summary>
    public required CodeOrigin Origin { get; init; }

    /// <summary>The classes' names by label; empty when the images have no labels.</summary>
    public required IReadOnlyList<string> LabelNames { get; init; }

    /// <summary>The codes and what is known about their images.</summary>
    public required CodeRows Rows { get; init; }

    /// <summary>How many codes there are.</summary>
    public int Count => Rows.Count;

    /// <summary>Numbers in a code.</summary>
    public int CodeSize => Origin.CodeSize;

    /// <summary>Reads all codes; stochastic codes are left out.</summary>
    /// <param name="codes">The codes; stay open.</param>
    /// <exception cref="UnderpaintException">They are damaged, cannot be read, or are too many for memory.</exception>
    public static CodeTable Load(ICodeSource codes)
    {
        if ((long)codes.Count * codes.Origin.CodeSize > Array.MaxLength)
            throw new UnderpaintException($"The {codes.Count} codes of {codes.Path} do not fit into memory.", "Use fewer of its shards.");
        var all = new CodeRows
        {
            Indices = new int[codes.Count],
            Files = new string[codes.Count],
            Labels = new int[codes.Count],
            Codes = new float[codes.Count * codes.Origin.CodeSize],
        };
        int at = 0;
        // Each piece goes to its place at once: all of them beside the whole would take its memory twice.
        foreach (CodeRows rows in codes.Read(parts: CodeParts.Codes))
        {
            rows.Indices.CopyTo(all.Indices, at);
            rows.Files.CopyTo(all.Files, at);
            rows.Labels.CopyTo(all.Labels, at);
            rows.Codes.CopyTo(all.Codes, at * codes.Origin.CodeSize);
            at += rows.Count;
        }
        return new()
        {
            Path = codes.Path,
            Origin = codes.Origin,
            LabelNames = codes.LabelNames,
            Rows = all,
        };
    }

    /// <summary>Some of the codes, one after the other.</summary>
    /// <param name="places">Which, 0 … <see cref="Count"/> − 1.</param>
    public float[] CodesAt(IReadOnlyList<int> places)
    {
        var chosen = new float[places.Count * CodeSize];
        for (int i = 0; i < places.Count; i++)
            Array.Copy(Rows.Codes, places[i] * CodeSize, chosen, i * CodeSize, CodeSize);
        return chosen;
    }

    /// <summary>The same with some of the codes only.</summary>
    /// <param name="places">Which, 0 … <see cref="Count"/> − 1, in the order that the new table shall have.</param>
    public CodeTable At(IReadOnlyList<int> places) => this with
    {
        Rows = new()
        {
            Indices = [.. places.Select(place => Rows.Indices[place])],
            Files = [.. places.Select(place => Rows.Files[place])],
            Labels = [.. places.Select(place => Rows.Labels[place])],
            Codes = CodesAt(places),
        },
    };
}
