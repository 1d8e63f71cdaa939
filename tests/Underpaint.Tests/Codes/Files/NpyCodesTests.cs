using Underpaint.Codes.Files;
using Underpaint.Storage;

namespace Underpaint.Tests.Codes.Files;

/// <summary>An array, and what stands beside it.</summary>
public sealed class NpyCodesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_torn_npy_file_is_noticed()
    {
        using var codes = new SampleCodes(count: 5, exact: true);
        string path = _folder.File("a.npy");
        CodeFile.Write(path, codes);
        File.Delete(_folder.File("a.npy.json"));
        Assert.Contains("a.npy.json", Assert.Throws<FileFormatException>(() => SampleCodes.ReadAll(path)).Message);
        CodeFile.Write(path, codes);
        using (var fewer = new SampleCodes(count: 4, exact: true))
            CodeFile.Write(_folder.File("b.npy"), fewer);
        File.Copy(_folder.File("b.npy"), path, overwrite: true);
        Assert.Contains("does not give each of 4 codes", Assert.Throws<FileFormatException>(() => SampleCodes.ReadAll(path)).Message);
    }

    [Theory]
    [InlineData("\"labels\":[-1,0]", "\"labels\":[-1]")]
    [InlineData("\"labels\":[-1,0]", "\"labels\":[-1,0,0]")]
    [InlineData("\"labels\":[-1,0]", "\"labels\":[-1,\"0\"]")]
    [InlineData("\"labels\":[-1,0]", "\"labels\":[-1,4294967296]")]
    [InlineData("\"labels\":[-1,0]", "\"labels\":[-1,0],\"labels\":[-1,0]")]
    [InlineData("\"labels\":[-1,0]", "\"indices\":[0,2]")]
    [InlineData("\"labels\":[-1,0],", "")]
    [InlineData("\"labels\":[-1,0]", "\"more\":[-1,0]")]
    [InlineData("\"ordner/Bäume 1.png\"", "null")]
    [InlineData("\"ordner/Bäume 1.png\"", "\"\\ud800\"")]
    [InlineData("]}}", "]}")]
    [InlineData("]}}", "]}}}")]
    [InlineData("]}}", "]},\"images\":{}}")]
    public void What_stands_beside_an_npy_file_is_read_strictly(string right, string wrong)
    {
        using var codes = new SampleCodes(count: 2, exact: false);
        CodeFile.Write(_folder.File("a.npy"), codes);
        string beside = _folder.File("a.npy.json"), json = File.ReadAllText(beside);
        Assert.Contains(right, json);
        File.WriteAllText(beside, json.Replace(right, wrong));
        Assert.Contains("a.npy.json", Assert.Throws<FileFormatException>(() => SampleCodes.ReadAll(_folder.File("a.npy"))).Message);
    }

    [Fact]
    public void An_array_that_was_edited_elsewhere_is_read_in_any_float_precision()
    {
        using var codes = new SampleCodes(count: 2, exact: false);
        string path = _folder.File("a.npy");
        CodeFile.Write(path, codes);
        double[] values = [.. codes.Read().Single().Codes.Select(value => (double)value)];
        byte[] elements = new byte[values.Length * sizeof(double)];
        Buffer.BlockCopy(values, 0, elements, 0, elements.Length);
        File.WriteAllBytes(path, [.. new NpyHeader(DType.F64, [2, 3]).ToBytes(), .. elements]);
        Assert.Equal(codes.Read().Single().Codes, SampleCodes.ReadAll(path).Single().Codes);
    }

    [Fact]
    public void The_statistics_of_an_array_that_was_edited_are_measured_anew_when_it_is_joined()
    {
        using var codes = new SampleCodes(count: 2, exact: false, end: 500);
        string path = _folder.File("a.npy"), joined = _folder.File("b.npy");
        CodeFile.Write(path, codes);
        float[] edited = [1, 2, 3, 3, 2, 1];
        byte[] elements = new byte[edited.Length * sizeof(float)];
        Buffer.BlockCopy(edited, 0, elements, 0, elements.Length);
        File.WriteAllBytes(path, [.. new NpyHeader(DType.F32, [2, 3]).ToBytes(), .. elements]);
        CodeJoiner.Join([path], joined);
        Assert.Equal([2, 2, 2], SampleCodes.HeaderIn(joined).Statistics!.Mean);
    }
}
