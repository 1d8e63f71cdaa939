namespace Underpaint.Reports;

/// <summary>Results to be read, as Markdown or as a page.</summary>
internal sealed record ResultDocument
{
    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>What it is, in a sentence.</summary>
    public required string Lead { get; init; }

    /// <summary>The parts, in order.</summary>
    public required IReadOnlyList<ResultSection> Sections { get; init; }

    /// <summary>What the figures are, each in one line without a full stop.</summary>
    public required IReadOnlyList<string> Definitions { get; init; }
}
