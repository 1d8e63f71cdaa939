namespace Underpaint.Codes.Files;

/// <summary>Parts of one encoding as one, in the order of the images. It disposes them.</summary>
internal sealed class JoinedCodes : ICodeSource
{
    private readonly ICodeSource[] _parts;

    public JoinedCodes(IReadOnlyList<ICodeSource> parts)
    {
        _parts = [.. parts.OrderBy(part => part.Origin.First)];
        // What one does not tell of its precision or classes goes with any, but no two that tell different ones go together.
        string? precision = Told(origin => origin.Precision), labels = Told(origin => origin.Labels);
        foreach (ICodeSource part in _parts)
            CheckSame(_parts[0].Origin with { Precision = precision, Labels = labels }, part);
        for (int i = 1; i < _parts.Length; i++)
            CheckApart(_parts[i - 1], _parts[i]);
        Origin = _parts[0].Origin with
        {
            End = _parts[^1].Origin.End,
            Precision = Array.TrueForAll(_parts, part => part.Origin.Precision is not null) ? precision : null,
            Labels = Array.TrueForAll(_parts, part => part.Origin.Labels is not null) ? labels : null,
        };
    }

    public string Path => $"{_parts[0].Path} and {_parts.Length - 1} more";

    public CodeOrigin Origin { get; }

    public IReadOnlyList<string> LabelNames => _parts[0].LabelNames;

    public int Count => _parts.Sum(part => part.Count);

    /// <summary>The first image that belongs to no part although the parts around it are there; null where there is none.</summary>
    public int? Gap => Enumerable.Range(1, _parts.Length - 1).Where(i => _parts[i].Origin.First > _parts[i - 1].Origin.End)
        .Select(i => (int?)_parts[i - 1].Origin.End).FirstOrDefault();

    public IEnumerable<CodeRows> Read(int rows = 64, CodeParts parts = CodeParts.All) => _parts.SelectMany(part => part.Read(rows, parts));

    public void Dispose()
    {
        foreach (ICodeSource part in _parts)
            part.Dispose();
    }

    private string? Told(Func<CodeOrigin, string?> part) => _parts.Select(source => part(source.Origin)).FirstOrDefault(told => told is not null);

    private void CheckSame(CodeOrigin origin, ICodeSource part)
    {
        string difference = part.Origin.DifferenceFrom(origin);
        if (difference.Length == 0 && !part.LabelNames.SequenceEqual(LabelNames))
            difference = "other names of classes";
        if (difference.Length > 0)
            throw new FileFormatException(part.Path, $"was made otherwise than the other files ({difference})", "Give the shards of one encoding only.");
    }

    private static void CheckApart(ICodeSource before, ICodeSource part)
    {
        if (part.Origin.First < before.Origin.End)
            throw new FileFormatException(part.Path, $"is about images that {before.Path} is about too", "Give every shard once.");
    }
}
