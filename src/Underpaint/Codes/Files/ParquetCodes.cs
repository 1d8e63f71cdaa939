using Underpaint.Storage.Parquet;

namespace Underpaint.Codes.Files;

/// <summary>
/// Codes in a parquet file: the columns <c>index</c>, <c>file</c>, <c>label</c> (−1 for none), <c>code</c> (a list) and, where there are
/// any, <c>stochastic_code</c> (a list).
/// </summary>
internal sealed class ParquetCodes : ICodeSource
{
    /// <summary>The names of the columns.</summary>
    public const string IndexColumn = "index", FileColumn = "file", LabelColumn = "label", CodeColumn = "code",
        StochasticCodeColumn = "stochastic_code";

    // A group is read at once, and its levels and places in dictionaries take as much again as its numbers.
    private const long MaxGroupValues = 1 << 24;

    // What an index, a label and a name take beside the numbers, in numbers.
    private const int OthersPerRow = 8;

    private readonly ParquetFile _file;
    private readonly CodeHeader _header;

    public ParquetCodes(string path)
    {
        _file = ParquetFile.Open(path);
        try
        {
            _header = CodeHeader.Parse(_file.Metadata.GetValueOrDefault(CodeHeader.Key), path);
            Count = _file.GroupRows.Sum();
            long perRow = (long)Origin.CodeSize + Origin.StochasticCodeSize + OthersPerRow;
            if (_file.GroupRows.Any(rows => rows * perRow > MaxGroupValues))
                throw new FileFormatException(path, $"has groups of more than {MaxGroupValues / perRow} rows, too many to be held in memory at once",
                    $"Write it again in smaller groups (in pyarrow: row_group_size={Math.Max(1, MaxGroupValues / perRow)}).");
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public string Path => _file.Path;

    public CodeOrigin Origin => _header.Origin;

    public IReadOnlyList<string> LabelNames => _header.LabelNames;

    public int Count { get; }

    public IEnumerable<CodeRows> Read(int rows = 64, CodeParts parts = CodeParts.All)
    {
        for (int group = 0; group < _file.GroupRows.Count; group++)
        {
            foreach (CodeRows piece in RowGroups.Of([ReadGroup(group, parts)], rows))
                yield return piece;
        }
    }

    public void Dispose() => _file.Dispose();

    private CodeRows ReadGroup(int group, CodeParts parts) => CodeChecks.Check(new CodeRows
    {
        Indices = _file.ReadNumbers(group, IndexColumn),
        Files = _file.ReadTexts(group, FileColumn),
        Labels = _file.ReadNumbers(group, LabelColumn),
        Codes = parts.HasFlag(CodeParts.Codes) ? _file.ReadFloats(group, CodeColumn, Origin.CodeSize) : [],
        StochasticCodes = parts.HasFlag(CodeParts.StochasticCodes) && Origin.StochasticCodeSize > 0
            ? _file.ReadFloats(group, StochasticCodeColumn, Origin.StochasticCodeSize)
            : [],
    }, _header, Path);
}
