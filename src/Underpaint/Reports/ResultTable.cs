namespace Underpaint.Reports;

/// <summary>A table of results.</summary>
/// <param name="Title">What it shows; empty where its section says so.</param>
/// <param name="Columns">What stands above the columns; the first one names the rows.</param>
/// <param name="Rows">The cells, as many in each row as there are columns.</param>
internal sealed record ResultTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ResultCell>> Rows);
