using Underpaint.Codes;
using Underpaint.Codes.Files;
using Underpaint.Tests.Codes.Files;

namespace Underpaint.Tests.Codes;

public sealed class CodeTableTests
{
    [Fact]
    public void All_pieces_of_a_file_are_in_their_places()
    {
        using var folder = new TemporaryFolder();
        using var all = new SampleCodes(count: 150, exact: true);
        CodeFile.Write(folder.File("a.npy"), all);
        SpoilStochasticCodes(folder.File("a.stochastic.npy"));
        using ICodeSource codes = CodeFile.Open(folder.File("a.npy"));
        Assert.True(codes.Read(parts: CodeParts.Codes).Count() > 1);
        Assert.Equivalent(all.Read().Single() with { StochasticCodes = [] }, CodeTable.Load(codes).Rows, strict: true);
    }

    // Whoever reads them finds a number that is not finite.
    private static void SpoilStochasticCodes(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - sizeof(float)), float.NaN);
        File.WriteAllBytes(path, bytes);
    }
}
