using System.Text.Json.Nodes;

namespace Underpaint.Cli.Tests.Verbs;

public sealed class JudgeVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("judge.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_trains_a_judge_shows_it_and_shows_it_again()
    {
        string output = Train().Succeeded();
        Assert.Contains("on 4 images held out", output);
        Assert.Contains("shape", output);
        Assert.Contains("background-hue", output);
        DateTime written = System.IO.File.GetLastWriteTimeUtc(File);
        Assert.Equal(output, Train().Succeeded());
        Assert.Equal(written, System.IO.File.GetLastWriteTimeUtc(File));
        Assert.Equal(output, Cli.Run("inspect", File).Succeeded());
    }

    [Fact]
    public void Json_is_one_object_with_the_documented_keys()
    {
        JsonObject json = JsonNode.Parse(Train("--json").Succeeded())!.AsObject();
        Assert.Equal(
        [
            "kind", "path", "identity", "version", "data", "fingerprint", "trainingImages", "heldOutImages",
            "options", "precision", "threads", "scores",
        ], json.Select(property => property.Key));
        Assert.Equal("judge", (string)json["kind"]!);
        Assert.Equal(12, json["scores"]!.AsArray().Count);
        Assert.Equal(["question", "accuracy", "r2", "meanError", "error95"], json["scores"]![0]!.AsObject().Select(property => property.Key));
        Assert.Equal(json.ToJsonString(), JsonNode.Parse(Cli.Run("inspect", File, "--json").Succeeded())!.ToJsonString());
    }

    [Fact]
    public void Another_judge_s_file_is_left_alone()
    {
        Train().Succeeded();
        byte[] before = System.IO.File.ReadAllBytes(File);
        Train("--seed", "2").FailedWith(ExitCode.Failed, "other options", "Choose another file");
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void Images_without_classes_are_an_error() =>
        Cli.Run("judge", "--data", Pictures.WriteFolder(_folder, good: 2, corrupt: 0), "--out", File, "--device", "cpu")
            .FailedWith(ExitCode.Failed, "none", "class folders");

    [Fact]
    public void Stopped_it_writes_no_file()
    {
        Cli.RunStopped(Command()).FailedWith(ExitCode.Failed, "Stopped");
        Assert.False(System.IO.File.Exists(File));
    }

    private Outcome Train(params string[] options) => Cli.Run([.. Command(), .. options]);

    private string[] Command() =>
        ["judge", "--data", "ornaments:40,16", "--out", File, "--size", "8", "--images", "128", "--device", "cpu", "--precision", "float32"];
}
