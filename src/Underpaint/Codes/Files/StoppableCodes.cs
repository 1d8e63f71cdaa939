namespace Underpaint.Codes.Files;

/// <summary>Codes that can be asked to end: whoever reads them is stopped between two pieces. They stay the caller's.</summary>
internal sealed class StoppableCodes(ICodeSource codes, CancellationToken stop) : ICodeSource
{
    public string Path => codes.Path;

    public CodeOrigin Origin => codes.Origin;

    public IReadOnlyList<string> LabelNames => codes.LabelNames;

    public int Count => codes.Count;

    public IEnumerable<CodeRows> Read(int rows = 64, CodeParts parts = CodeParts.All)
    {
        foreach (CodeRows piece in codes.Read(rows, parts))
        {
            stop.ThrowIfCancellationRequested();
            yield return piece;
        }
    }

    public void Dispose()
    {
    }
}
