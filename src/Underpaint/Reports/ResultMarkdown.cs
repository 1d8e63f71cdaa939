namespace Underpaint.Reports;

/// <summary>Results as Markdown.</summary>
internal static class ResultMarkdown
{
    /// <summary>The Markdown file's text.</summary>
    public static string Write(ResultDocument document) => string.Join("\n\n",
    [
        $"# {Plain(document.Title)}",
        Plain(document.Lead),
        // A section of plots alone would be a bare heading.
        .. document.Sections.Where(section => section.Tables.Count > 0).SelectMany(Section),
        "## What the figures are",
        string.Join('\n', document.Definitions.Select(definition => $"- {Plain(definition)}.")),
    ]) + "\n";

    private static IEnumerable<string> Section(ResultSection section) =>
    [
        $"## {Plain(section.Title)}",
        .. section.Note.Length > 0 ? (string[])[Plain(section.Note)] : [],
        .. section.Tables.SelectMany(Table),
    ];

    private static IEnumerable<string> Table(ResultTable table) =>
    [
        .. table.Title.Length > 0 ? (string[])[$"### {Plain(table.Title)}"] : [],
        string.Join('\n', [Row(table.Columns), Row(table.Columns.Select(_ => "---")), .. table.Rows.Select(row => Row(row.Select(cell => $"{cell}")))]),
    ];

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(Plain))} |";

    // Names must not end a cell or a line.
    private static string Plain(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Replace("|", "\\|", StringComparison.Ordinal);
}
