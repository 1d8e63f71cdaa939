using System.Text.Json.Nodes;

namespace Underpaint.Cli.Tests.Verbs;

public sealed class EvaluateVerbTests(TinyRun tiny) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_is_one_object_with_the_documented_keys()
    {
        string output = Evaluate(tiny.Folder, "ornaments:7,16", "--limit", "5", "--steps", "2,1", "--solver", "ddim", "--grid", "uniform", "--exact", "--json").Succeeded();
        JsonObject json = JsonNode.Parse(output)!.AsObject();
        Assert.Equal(
        [
            "model", "imagesSeen", "data", "dataFingerprint", "heldOut", "warning", "seed",
            "images", "decodings", "codes", "metrics", "intervals", "leftOut", "skipped",
        ], json.Select(property => property.Key));
        Assert.Equal(5, (int)json["images"]!);
        Assert.False((bool)json["heldOut"]!);
        Assert.Equal(64, (int)json["imagesSeen"]!);
        Assert.Equal(tiny.Folder, (string)json["model"]!);
        Assert.Equal(["structure image", "2 steps, ddim, uniform", "1 step, ddim, uniform, inverted", "2 steps, ddim, uniform, inverted"],
            json["decodings"]!.AsArray().Select(decoding => (string)decoding!["name"]!));
        JsonNode psnr = json["decodings"]![1]!["figures"]!["psnr"]!;
        Assert.InRange((double)psnr["value"]!, (double)psnr["low"]!, (double)psnr["high"]!);
        Assert.Contains(json["metrics"]!.AsArray(), metric => (string)metric!["key"]! == "textureEnergy" && (string)metric["better"]! == "nearer to 1 is better");
        Assert.Empty(json["skipped"]!.AsArray());
    }

    [Fact]
    public void Text_shows_means_intervals_extremes_and_what_each_metric_is()
    {
        string output = Evaluate(tiny.Model, "ornaments:8,16", "--steps", "1,2,3", "--solver", "ddim,dpm++").Succeeded();
        Assert.Contains("mean over 8 images", output);
        Assert.Contains("structure image", output);
        Assert.Contains("3 steps, ddim", output);
        Assert.Matches(@"PSNR, dB ↑ +[\d.]+ \[[\d.]+, [\d.]+\] ", output);
        Assert.Contains("worst: ornament ", output);
        Assert.Contains("best: ornament ", output);
        Assert.Contains("GMSD: as in the authors' code;", output);
        Assert.Contains("Interval: 95 % percentile bootstrap", output);
        Assert.DoesNotContain('\e', output);
    }

    [Theory]
    [InlineData("scores.jsonl", "{\"image\":\"ornament 0\",\"decoding\":\"structure image\"")]
    [InlineData("scores.csv", "image,decoding,kind,steps,solver,grid,psnr,ssim,")]
    public void The_figures_of_every_image_go_to_a_file(string name, string start)
    {
        Evaluate(tiny.Model, "ornaments:3,16", "--steps", "2", "--out", _folder.File(name)).Succeeded();
        string text = File.ReadAllText(_folder.File(name));
        Assert.StartsWith(start, text);
        Assert.Contains("ornament 2", text);
    }

    [Fact]
    public void A_file_without_a_known_ending_is_refused_before_the_work() =>
        Evaluate(tiny.Model, "ornaments:3,16", "--out", _folder.File("scores")).FailedWith(ExitCode.BadUsage, ".jsonl", ".csv");

    [Fact]
    public void A_file_without_a_folder_is_refused_before_the_work() =>
        Evaluate(_folder.File("none.safetensors"), "ornaments:3,16", "--out", _folder.File("none", "scores.csv"))
            .FailedWith(ExitCode.Failed, "no folder", "scores.csv");

    [Fact]
    public void Figures_are_shown_even_where_the_file_cannot_be_written()
    {
        Outcome outcome = Evaluate(tiny.Model, "ornaments:3,16", "--steps", "1", "--out", _folder.File($"{new string('x', 300)}.csv"));
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("mean over 3 images", outcome.Out);
        Assert.Contains("Cannot write", outcome.Error);
    }

    [Fact]
    public void A_run_is_judged_by_what_it_held_out()
    {
        string output = Cli.Run("evaluate", tiny.Folder, "--steps", "1", "--device", "cpu").Succeeded();
        Assert.Contains("1 of the 30 images of 30 ornaments, 16×16, seed 0, held out of training", output);
        Assert.Contains("mean over 1 image", output);
    }

    [Fact]
    public void The_training_images_are_warned_of() =>
        Assert.Contains("warning:", Evaluate(tiny.Folder, TinyRun.Data, "--limit", "1", "--steps", "1").Error);

    [Theory]
    [InlineData("--steps", "5,x", "\"x\"")]
    [InlineData("--steps", "0", "1 … 1000")]
    [InlineData("--solver", "ddim,euler", "\"euler\"")]
    public void What_cannot_be_asked_for_is_bad_usage(string option, string value, string word) =>
        Evaluate(tiny.Folder, "ornaments:2,16", option, value).FailedWith(ExitCode.BadUsage, word);

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
    public void Of_a_model_that_learnt_only_structure_the_rest_is_shown_and_exact_codes_are_left_out()
    {
        string[] train = [.. TinyRun.Train(TinyRun.WriteRecipe(_folder.Path), _folder.File("run")), "--set",
            """phases=[{"name":"structure","images":8,"schedule":"highest-noise","predict":"velocity"}]"""];
        Cli.Run(train).Succeeded();
        string output = Evaluate(_folder.File("run"), "ornaments:2,16", "--exact").Succeeded();
        Assert.Contains("Left out: 10 steps, inverted.", output);
        Assert.Contains("highest noise only", output);
        Assert.Contains("PSNR", output);
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
    public void A_model_of_another_program_is_an_error()
    {
        string path = Write([2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);
        Evaluate(path, "ornaments:2,16").FailedWith(ExitCode.Failed, "not a model of Underpaint", "Give a run folder");
        // It could have been one that can be imported.
        Cli.Run("inspect", path).FailedWith(ExitCode.Failed, "no model of Diff-AE");
    }

    private static Outcome Evaluate(string model, string data, params string[] options) =>
        Cli.Run(["evaluate", model, "--data", data, "--device", "cpu", .. options]);

    private string Write(byte[] model)
    {
        string path = _folder.File("model.safetensors");
        File.WriteAllBytes(path, model);
        return path;
    }

    private void FailsWith(byte[] model, params string[] words)
    {
        string path = Write(model);
        Evaluate(path, "ornaments:2,16").FailedWith(ExitCode.Failed, words);
        Cli.Run("inspect", path).FailedWith(ExitCode.Failed, words);
    }
}
