using Underpaint.Codes.Files;

namespace Underpaint.Tests.Codes.Files;

public sealed class CodeJoinerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".safetensors")]
    [InlineData(".npy")]
    [InlineData(".parquet")]
    public void The_same_codes_are_left_alone_and_no_others_are_replaced(string kind)
    {
        string parts = Written("parts.npy", end: 500), joint = _folder.File($"joint{kind}");
        CodeJoiner.Join([parts], joint);
        CodeJoiner.Join([parts], joint);
        byte[] before = File.ReadAllBytes(joint);
        string others = Written("others.npy", end: 200);
        var error = Assert.Throws<UnderpaintException>(() => CodeJoiner.Join([others], joint));
        Assert.Contains("is something else: codes that were made otherwise (share 0–499, not 0–199)", error.Message);
        Assert.Equal(before, File.ReadAllBytes(joint));
        File.WriteAllText(joint, "a letter");
        Assert.Contains("is something else", Assert.Throws<UnderpaintException>(() => CodeJoiner.Join([parts], joint)).Message);
        Assert.Equal("a letter", File.ReadAllText(joint));
    }

    [Fact]
    public void Codes_that_were_edited_are_not_replaced_by_those_that_they_were()
    {
        string parts = Written("parts.npy", end: 500), joint = _folder.File("joint.npy");
        CodeJoiner.Join([parts], joint);
        byte[] edited = File.ReadAllBytes(joint);
        edited[^sizeof(float)] ^= 1;
        File.WriteAllBytes(joint, edited);
        Assert.Contains($"{joint} is there already, and holds other codes", Assert.Throws<UnderpaintException>(() => CodeJoiner.Join([parts], joint)).Message);
        Assert.Equal(edited, File.ReadAllBytes(joint));
    }

    [Fact]
    public void What_would_be_written_beside_an_array_is_not_replaced_either()
    {
        string beside = _folder.File("joint.npy.json");
        File.WriteAllText(beside, "{}");
        Assert.Contains($"{beside} is there already", Assert.Throws<UnderpaintException>(() => CodeJoiner.Join([Written("a.npy", end: 500)], _folder.File("joint.npy"))).Message);
        Assert.Equal("{}", File.ReadAllText(beside));
    }

    private string Written(string name, int end)
    {
        using var codes = new SampleCodes(count: 5, exact: false, end: end);
        CodeFile.Write(_folder.File(name), codes);
        return _folder.File(name);
    }
}
