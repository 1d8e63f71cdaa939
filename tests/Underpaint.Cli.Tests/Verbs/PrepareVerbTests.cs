using System.Text.Json.Nodes;

namespace Underpaint.Cli.Tests.Verbs;

public sealed class PrepareVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_are_written_and_what_is_left_out_is_told()
    {
        Outcome outcome = Cli.Run("prepare", Pictures.WriteFolder(_folder, good: 3, corrupt: 1), "--out", _folder.File("a.zip"));
        Assert.Contains("3 images in", outcome.Succeeded());
        Assert.Contains("corrupt-0.png", outcome.Error);
        Assert.Contains("1 image left out", outcome.Error);
        Assert.Contains("20×24 pixels", Cli.Run("inspect", _folder.File("a.zip")).Succeeded());
    }

    [Fact]
    public void Json_tells_the_same_and_sizes_can_be_changed()
    {
        string folder = Pictures.WriteFolder(_folder, good: 2, corrupt: 1);
        JsonNode json = JsonNode.Parse(Cli.Run("prepare", folder, "--out", _folder.File("a.zip"), "--size", "8", "--json").Succeeded())!;
        Assert.Equal((2, 0), ((int)json["images"]!, (int)json["classes"]!));
        Assert.Equal("corrupt-0.png", (string)json["dropped"]![0]!["name"]!);
        Assert.Contains("8×8 pixels", Cli.Run("inspect", _folder.File("a.zip")).Succeeded());
    }

    [Fact]
    public void Stopped_it_leaves_nothing_behind()
    {
        Cli.RunStopped("prepare", "ornaments:50,16", "--out", _folder.File("a.zip"));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Another_ending_and_the_source_itself_are_refused()
    {
        Assert.Equal(ExitCode.BadUsage, Cli.Run("prepare", "ornaments:5", "--out", _folder.File("a.tar")).Code);
        _ = Cli.Run("prepare", "ornaments:5,16", "--out", _folder.File("a.zip")).Succeeded();
        Cli.Run("prepare", _folder.File("a.zip"), "--out", _folder.File("a.zip")).FailedWith(ExitCode.Failed, "would be replaced");
    }
}
