namespace Underpaint.Codes.Files;

/// <summary>Parts of one encoding as one, in the order of the images. It disposes them.</summary>
internal sealed class JoinedCodes : ICodeSource
{
    private readonly ICodeSource[] _parts;
    private readonly Lazy<CodeStatistics> _statistics;

    public JoinedCodes(IReadOnlyList<ICodeSource> parts)
    {
        _parts = [.. parts.OrderBy(part => part.Origin.First)];
        // One that does not tell its precision goes with any, but no two that tell different ones go together.
        ICodeSource first = Array.Find(_parts, part => part.Origin.Precision is not null) ?? _parts[0];
        foreach (ICodeSource part in _parts)
            CheckSame(first, part);
        for (int i = 1; i < _parts.Length; i++)
            CheckApart(_parts[i - 1], _parts[i]);
        string? precision = Array.TrueForAll(_parts, part => part.Origin.Precision is not null) ? first.Origin.Precision : null;
        Origin = _parts[0].Origin with { End = _parts[^1].Origin.End, Precision = precision };
        _statistics = new(() => CodeStatistics.Of(Read().Select(rows => rows.Codes), Origin.CodeSize));
    }

    public string Path => $"{_parts[0].Path} and {_parts.Length - 1} more";

    public CodeOrigin Origin { get; }

    public IReadOnlyList<string> LabelNames => _parts[0].LabelNames;

    public int Count => _parts.Sum(part => part.Count);

    public CodeStatistics Statistics => _statistics.Value;

    /// <summary>The first image that belongs to no part although the parts around it are there; null where there is none.</summary>
    public int? Gap => Enumerable.Range(1, _parts.Length - 1).Where(i => _parts[i].Origin.First > _parts[i - 1].Origin.End)
        .Select(i => (int?)_parts[i - 1].Origin.End).FirstOrDefault();

    public IEnumerable<CodeRows> Read(int rows = 64) => _parts.SelectMany(part => part.Read(rows));

    public void Dispose()
    {
        foreach (ICodeSource part in _parts)
            part.Dispose();
    }

    private static void CheckSame(ICodeSource first, ICodeSource part)
    {
        if (!part.Origin.Matches(first.Origin) || !part.LabelNames.SequenceEqual(first.LabelNames))
            throw new FileFormatException(part.Path, $"was made {part.Origin.DifferenceFrom(first.Origin)} than {first.Path}",
                "Give the shards of one encoding only.");
    }

    private static void CheckApart(ICodeSource before, ICodeSource part)
    {
        if (part.Origin.First < before.Origin.End)
            throw new FileFormatException(part.Path, $"is about images that {before.Path} is about too", "Give every shard once.");
    }
}
