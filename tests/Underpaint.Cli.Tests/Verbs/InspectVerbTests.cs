using System.Text.Json.Nodes;

namespace Underpaint.Cli.Tests.Verbs;

public sealed class InspectVerbTests(TinyRun tiny) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_tells_its_progress_quality_and_checkpoints()
    {
        string output = Cli.Run("inspect", tiny.Folder).Succeeded();
        Assert.Contains("64 of 64 images, finished", output);
        Assert.Contains("at 48, 64 images", output);
        Assert.Contains("PSNR", output);

        JsonNode json = Json(tiny.Folder);
        Assert.Equal("run", (string)json["kind"]!);
        Assert.True((bool)json["finished"]!);
        Assert.Equal(64, (int)json["lastValidation"]!["imagesSeen"]!);
        Assert.Equal(TinyRun.Data, (string)json["environment"]!["data"]!);
    }

    [Fact]
    public void A_model_file_tells_its_recipe_sizes_and_training()
    {
        string output = Cli.Run("inspect", tiny.Model).Succeeded();
        Assert.Contains("16×16 pixels, RGB", output);
        Assert.Contains("on 64 of 64 images", output);
        Assert.Contains("32 images, shifted-cosine 4, predicts velocity", output);

        JsonNode json = Json(tiny.Model);
        Assert.Equal(("model", "tiny"), ((string)json["kind"]!, (string)json["recipe"]!));
        Assert.Equal((16, 64), ((int)json["code"]!, (int)json["imagesSeen"]!));
        Assert.True((int)json["tensors"]! > 10);
    }

    [Fact]
    public void Images_tell_their_sizes_and_what_cannot_be_read()
    {
        string folder = Pictures.WriteFolder(_folder, good: 2, corrupt: 1);
        Outcome outcome = Cli.Run("inspect", folder);
        Assert.Contains("20×24 pixels", outcome.Succeeded());
        Assert.Contains("corrupt-0.png", outcome.Error);

        JsonNode json = Json(folder);
        Assert.Equal(("images", 3), ((string)json["kind"]!, (int)json["images"]!));
        Assert.Equal((20, 24), ((int)json["minWidth"]!, (int)json["maxHeight"]!));
        Assert.Equal("corrupt-0.png", (string)json["unreadable"]![0]!["name"]!);
    }

    [Fact]
    public void Classes_are_counted() => Assert.Contains("circle: ", Cli.Run("inspect", "ornaments:40,16").Succeeded());

    [Fact]
    public void Images_of_which_none_can_be_read_are_a_failure() =>
        Assert.Equal(ExitCode.Failed, Cli.Run("inspect", Pictures.WriteFolder(_folder, good: 0, corrupt: 1)).Code);

    [Fact]
    public void A_path_that_leads_nowhere_is_an_error() =>
        Cli.Run("inspect", _folder.File("none")).FailedWith(ExitCode.Failed, "no such file or folder");

    private static JsonNode Json(string path) => JsonNode.Parse(Cli.Run("inspect", path, "--json").Succeeded())!;
}
