using Underpaint.Codes;

namespace Underpaint.Tests.Codes.Files;

/// <summary>Codes that ask to be stopped when a piece was read.</summary>
internal sealed class StoppingCodes(ICodeSource codes, CancellationTokenSource stop, int last) : ICodeSource
{
    private int _pieces;

    public string Path => codes.Path;

    public CodeOrigin Origin => codes.Origin;

    public IReadOnlyList<string> LabelNames => codes.LabelNames;

    public int Count => codes.Count;

    public IEnumerable<CodeRows> Read(int rows = 64, CodeParts parts = CodeParts.All)
    {
        foreach (CodeRows piece in codes.Read(rows, parts))
        {
            if (++_pieces == last)
                stop.Cancel();
            yield return piece;
        }
    }

    public void Dispose()
    {
    }
}
