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
        using ICodeSource codes = CodeFile.Open(folder.File("a.npy"));
        Assert.True(codes.Read().Count() > 1);
        Assert.Equivalent(all.Read().Single() with { StochasticCodes = [] }, CodeTable.Load(codes).Rows, strict: true);
    }
}
