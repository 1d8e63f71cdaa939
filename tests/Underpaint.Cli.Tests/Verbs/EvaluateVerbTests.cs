using System.Text.Json.Nodes;

namespace Underpaint.Cli.Tests.Verbs;

public sealed class EvaluateVerbTests(TinyRun tiny) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_is_one_object_with_the_documented_keys()
    {
        string output = Evaluate(tiny.Folder, "ornaments:7,16", "--limit", "5", "--steps", "2", "--solver", "dpm++", "--grid", "log-snr", "--exact", "--json").Succeeded();
        JsonObject json = JsonNode.Parse(output)!.AsObject();
        Assert.Equal(
        [
            "psnr", "ssim", "structurePsnr", "structureSsim", "images", "steps", "solver", "grid", "exact",
            "model", "data", "imagesSeen", "perImage", "skipped",
        ], json.Select(property => property.Key));
        Assert.Equal(5, (int)json["images"]!);
        Assert.Equal(2, (int)json["steps"]!);
        Assert.Equal("dpm++", (string)json["solver"]!);
        Assert.Equal("log-snr", (string)json["grid"]!);
        Assert.True((bool)json["exact"]!);
        Assert.Equal(64, (int)json["imagesSeen"]!);
        Assert.Equal(tiny.Folder, (string)json["model"]!);
        JsonArray images = json["perImage"]!.AsArray();
        Assert.Equal(["name", "psnr", "ssim"], images[0]!.AsObject().Select(property => property.Key));
        Assert.Equal("ornament 4", (string)images[4]!["name"]!);
        Assert.Equal((double)json["psnr"]!, images.Average(image => (double)image!["psnr"]!), 1e-9);
        Assert.Empty(json["skipped"]!.AsArray());
    }

    [Fact]
    public void Text_shows_the_means_and_the_worst_and_best_images()
    {
        string output = Evaluate(tiny.Model, "ornaments:8,16", "--steps", "1").Succeeded();
        Assert.Contains("mean over 8 images", output);
        Assert.Contains("structure image", output);
        Assert.Contains("reconstruction, 1 step ", output);
        Assert.Contains("worst", output);
        Assert.Contains("best", output);
        Assert.DoesNotContain('\e', output);
    }

    [Fact]
    public void Text_names_the_solver_and_the_grid_where_they_are_not_the_defaults() => Assert.Contains(
        "reconstruction, 3 steps, dpm++, quadratic",
        Evaluate(tiny.Model, "ornaments:1,16", "--steps", "3", "--solver", "dpm++", "--grid", "quadratic").Succeeded());

    [Fact]
    public void Images_that_cannot_be_read_are_skipped_and_listed()
    {
        string images = Pictures.WriteFolder(_folder, good: 2, corrupt: 1);
        Outcome outcome = Evaluate(tiny.Folder, images, "--steps", "1", "--json");
        JsonNode json = JsonNode.Parse(outcome.Succeeded())!;
        Assert.Equal(2, (int)json["images"]!);
        Assert.Equal("corrupt-0.png", (string)json["skipped"]![0]!["name"]!);
    }

    [Fact]
    public void Only_corrupt_images_are_an_error() =>
        Evaluate(tiny.Folder, Pictures.WriteFolder(_folder, good: 0, corrupt: 2))
            .FailedWith(ExitCode.Failed, "Not one image", "underpaint inspect");

    [Fact]
    public void A_model_that_learnt_only_structure_cannot_be_exact()
    {
        string[] train = [.. TinyRun.Train(TinyRun.WriteRecipe(_folder.Path), _folder.File("run")), "--set",
            """phases=[{"name":"structure","images":8,"schedule":"highest-noise","predict":"velocity"}]"""];
        Cli.Run(train).Succeeded();
        Evaluate(_folder.File("run"), "ornaments:2,16", "--exact")
            .FailedWith(ExitCode.Failed, "highest noise only", "train a detail phase");
    }

    [Fact]
    public void A_missing_model_is_an_error() =>
        Evaluate(_folder.File("none.safetensors"), "ornaments:2,16").FailedWith(ExitCode.Failed, "none.safetensors");

    [Fact]
    public void A_truncated_model_is_an_error()
    {
        byte[] bytes = File.ReadAllBytes(tiny.Model);
        FailsWith(bytes[..(bytes.Length / 2)], "cut short");
    }

    [Fact]
    public void A_model_with_a_flipped_bit_in_its_header_is_an_error()
    {
        byte[] bytes = File.ReadAllBytes(tiny.Model);
        bytes[9] ^= 1;
        FailsWith(bytes, "model.safetensors");
    }

    [Fact]
    public void A_model_of_another_program_is_an_error() =>
        FailsWith([2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}'], "not a model of Underpaint", "Give a run folder");

    private static Outcome Evaluate(string model, string data, params string[] options) =>
        Cli.Run(["evaluate", model, "--data", data, "--device", "cpu", .. options]);

    private void FailsWith(byte[] model, params string[] words)
    {
        string path = _folder.File("model.safetensors");
        File.WriteAllBytes(path, model);
        Evaluate(path, "ornaments:2,16").FailedWith(ExitCode.Failed, words);
        Cli.Run("inspect", path).FailedWith(ExitCode.Failed, words);
    }
}
