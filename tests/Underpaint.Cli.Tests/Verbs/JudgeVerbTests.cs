using System.Text.Json.Nodes;

namespace Underpaint.Cli.Tests.Verbs;

public sealed class JudgeVerbTests(TinyRun tiny) : IDisposable
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
    public void Models_are_evaluated_with_it()
    {
        Train().Succeeded();
        JsonObject json = Evaluate("--judge", File);
        string identity = (string)JsonNode.Parse(Cli.Run("inspect", File, "--json").Succeeded())!["identity"]!;
        Assert.True((double)json["decodings"]![0]!["figures"]!["judgeDistance"]!["value"]! > 0);
        Assert.Contains(json["metrics"]!.AsArray(), metric => ((string)metric!["definition"]!).Contains(identity, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_it_and_without_weight_files_it_is_said_what_is_missing()
    {
        JsonArray left = Evaluate("--weights", _folder.Path)["leftOut"]!.AsArray();
        Assert.Contains(left, part => (string)part!["name"]! == "FD (judge)" && ((string)part["reason"]!).Contains("--judge", StringComparison.Ordinal));
        Assert.Contains(left, part => (string)part!["name"]! == "rFID" && ((string)part["reason"]!).Contains(_folder.Path, StringComparison.Ordinal));
        Cli.Run("evaluate", tiny.Folder, "--weights", _folder.File("none")).FailedWith(ExitCode.Failed, "no folder", "--weights");
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

    private JsonObject Evaluate(params string[] options) => JsonNode.Parse(Cli.Run(
        ["evaluate", tiny.Folder, "--data", "ornaments:4,16,9", "--steps", "1", "--device", "cpu", "--json", .. options]).Succeeded())!.AsObject();

    private Outcome Train(params string[] options) => Cli.Run([.. Command(), .. options]);

    private string[] Command() =>
        ["judge", "--data", "ornaments:40,16", "--out", File, "--size", "8", "--images", "128", "--device", "cpu", "--precision", "float32"];
}
