using System.Text.Json;
using Underpaint.Data;
using Underpaint.Data.Sources;

namespace Underpaint.Cli.Tests.Verbs;

public sealed class CodeVerbTests(TinyRun tiny) : IDisposable
{
    private const string Images = "ornaments:140,16";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_become_codes_and_codes_become_the_same_pictures_from_every_format()
    {
        string codes = Encode(".safetensors", "--exact", "--inversion-steps", "2", "--limit", "3");
        string[] files = [codes, Join(_folder.File("joint.npy"), codes), Join(_folder.File("joint.parquet"), codes)];
        byte[][][] pictures = [.. files.Select(Decode)];
        Assert.Equal(3, pictures[0].Length);
        Assert.All(pictures, each => Assert.Equal(pictures[0], each));

        byte[][] Decode(string file)
        {
            string folder = _folder.File(Path.GetFileName(file) + "-out");
            string text = Cli.Run("decode", tiny.Folder, file, "--out", folder, "--steps", "2", "--device", "cpu").Succeeded();
            Assert.Contains("3 images decoded in 2 steps", text);
            Assert.True(File.Exists(Path.Combine(folder, "decoded-01.png")));
            return [.. Directory.GetFiles(folder, "*.decoded.png").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        }
    }

    [Fact]
    public void Shards_are_joined_to_the_file_that_one_call_gives()
    {
        string whole = Encode(".npy");
        string[] shards = [Encode("-1.npy", "--shard", "1/2"), Encode("-2.npy", "--shard", "2/2")];
        Outcome joined = Cli.Run(["join", .. shards, "--out", _folder.File("joint.npy")]);
        Assert.Contains("140 codes in ", joined.Succeeded());
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(_folder.File("joint.npy")));
        Assert.Equal(File.ReadAllBytes(whole + ".json"), File.ReadAllBytes(_folder.File("joint.npy.json")));
        Assert.Contains("of images 64 to 139 of 140 only", Cli.Run("join", shards[1], "--out", _folder.File("half.npy")).Succeeded());
    }

    [Fact]
    public void A_code_file_is_inspected()
    {
        string codes = Encode(".npy", "--limit", "70", "--shard", "2/2");
        Assert.Contains("6 of 16 numbers", Cli.Run("inspect", codes).Succeeded());
        JsonElement json = JsonDocument.Parse(Cli.Run("inspect", codes, "--json").Succeeded()).RootElement;
        Assert.Equal(("codes", 6, 64, 70), (json.GetProperty("kind").GetString(), json.GetProperty("codes").GetInt32(),
            json.GetProperty("first").GetInt32(), json.GetProperty("end").GetInt32()));
        Cli.Run("inspect", Join(_folder.File("a.safetensors"), codes)).Succeeded();
    }

    [Fact]
    public void Stopped_it_says_how_to_go_on_and_the_same_command_does()
    {
        string[] command = ["encode", tiny.Folder, "--data", Images, "--out", _folder.File("a.npy"), "--device", "cpu"];
        Outcome stopped = Cli.RunStopped(command);
        Assert.Equal(ExitCode.Failed, stopped.Code);
        Assert.Contains("Stopped after 0 of 140 images. Give the same command again to go on.", stopped.Error);
        Assert.Contains("140 codes in ", Cli.Run(command).Succeeded());
        Assert.Contains("140 codes in ", Cli.Run(command).Succeeded());
    }

    [Fact]
    public void Decoding_is_stopped_gone_on_with_and_shared_like_encoding()
    {
        string codes = Encode(".npy", "--limit", "70");
        string[] whole = Decode("whole"), shares = Decode("shares");
        Outcome stopped = Cli.RunStopped(whole);
        Assert.Equal(ExitCode.Failed, stopped.Code);
        Assert.Contains("Stopped after 0 of 70 images. Give the same command again to go on.", stopped.Error);
        Assert.Contains("70 images decoded in 1 step", Cli.Run(whole).Succeeded());
        Assert.Contains("32 images decoded in 1 step", Cli.Run([.. shares, "--shard", "1/2"]).Succeeded());
        Assert.Contains("decoded-2-of-2-01.png", Cli.Run([.. shares, "--shard", "2/2"]).Succeeded());
        Assert.Equal(Decoded("whole"), Decoded("shares"));
        Cli.Run([.. whole, "--seed", "1"]).FailedWith(ExitCode.Failed, "seed 0, not 1");

        string[] Decoded(string folder) =>
            [.. Directory.GetFiles(_folder.File(folder), "*.decoded.png").Order(StringComparer.Ordinal).Select(path => Convert.ToHexString(File.ReadAllBytes(path)))];

        string[] Decode(string folder) => ["decode", tiny.Folder, codes, "--out", _folder.File(folder), "--steps", "1", "--device", "cpu"];
    }

    [Theory]
    [InlineData("--shard", "5/4", ExitCode.BadUsage)]
    [InlineData("--shard", "9/9", ExitCode.Failed)]
    [InlineData("--out", "codes.csv", ExitCode.BadUsage)]
    public void What_cannot_be_is_an_error(string option, string value, int code)
    {
        string[] command = ["encode", tiny.Folder, "--data", Images, "--device", "cpu", .. option == "--out" ? Array.Empty<string>() : ["--out", _folder.File("a.npy")]];
        Cli.Run([.. command, option, value]).FailedWith(code);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Directions_are_found_from_classes_from_factors_and_from_a_csv()
    {
        string codes = Encode(".safetensors");
        JsonElement fromClasses = Attributes(codes);
        Assert.Contains("star", fromClasses.GetProperty("directions").EnumerateArray().Select(direction => direction.GetProperty("name").GetString()));
        JsonElement fromFactors = Attributes(codes, "--labels", Images);
        Assert.Contains("hue-cos", fromFactors.GetProperty("directions").EnumerateArray().Select(direction => direction.GetProperty("name").GetString()));
        string csv = _folder.File("labels.csv");
        File.WriteAllLines(csv, ["file,odd", .. Enumerable.Range(0, 139).Select(i => $"ornament {i},{i % 2}")]);
        Cli.Run("attributes", codes, "--labels", csv, "--out", _folder.File("d.safetensors")).FailedWith(ExitCode.Failed, "'ornament 139'", "--allow-missing");
        JsonElement odd = Attributes(codes, "--labels", csv, "--allow-missing").GetProperty("directions")[0];
        Assert.InRange(odd.GetProperty("scores").GetProperty("auroc").GetDouble(), 0, 1);
        Outcome text = Cli.Run("attributes", codes, "--labels", csv, "--allow-missing", "--out", _folder.File("d.safetensors"));
        Assert.Contains("1 direction in ", text.Succeeded());
        Assert.Contains(" told ", text.Out);
        Assert.DoesNotContain(" told ", Cli.Run("attributes", codes, "--curve-examples", "0", "--out", _folder.File("d.safetensors")).Succeeded());
    }

    [Fact]
    public void An_edit_that_can_do_next_to_nothing_says_so()
    {
        string csv = _folder.File("labels.csv");
        File.WriteAllLines(csv, ["file,odd", .. Enumerable.Range(0, 140).Select(i => $"ornament {i},{i % 2}")]);
        Attributes(Encode(".safetensors"), "--labels", csv);
        string[] command = ["edit", tiny.Folder, "ornaments:1,16", "--directions", _folder.File("d.safetensors"), "--move", "odd", "--at", "1", "--out", _folder.File("out"),
            "--steps", "2", "--inversion-steps", "2", "--device", "cpu"];
        Outcome curve = Cli.Run(command), effect = Cli.Run([.. command, "--along", "effect"]);
        Assert.Contains("1 image edited", curve.Succeeded());
        Assert.Contains("warning: odd: codes tell next to nothing of it", curve.Error);
        Assert.Contains("1 image edited", effect.Succeeded());
        Assert.DoesNotContain("warning", effect.Error);
    }

    [Fact]
    public void What_lies_at_out_is_not_replaced_and_a_folder_that_is_missing_is_told_at_once()
    {
        string codes = Encode(".safetensors"), image = Pictures.Write(_folder.File("a.png"));
        byte[] before = File.ReadAllBytes(codes), picture = File.ReadAllBytes(image);
        Cli.Run("attributes", codes, "--out", codes).FailedWith(ExitCode.Failed, "is something else");
        Cli.Run("attributes", codes, "--out", _folder.File("none", "d.safetensors")).FailedWith(ExitCode.Failed, "no folder");
        Cli.Run("interpolate", tiny.Folder, "ornaments:1,16", image, "--out", _folder.File("a")).FailedWith(ExitCode.Failed, "would be replaced");
        Assert.Equal(before, File.ReadAllBytes(codes));
        Assert.Equal(picture, File.ReadAllBytes(image));
    }

    [Fact]
    public void An_attribute_that_cannot_be_fitted_is_left_out_with_a_warning()
    {
        string codes = Encode(".safetensors"), csv = _folder.File("labels.csv");
        File.WriteAllLines(csv, ["file,odd,image", .. Enumerable.Range(0, 140).Select(i => $"ornament {i},{i % 2},1")]);
        Outcome outcome = Cli.Run("attributes", codes, "--labels", csv, "--out", _folder.File("d.safetensors"));
        Assert.Contains("1 direction in ", outcome.Succeeded());
        Assert.Contains("warning: image: left out, the 112 images to fit on are all alike in it", outcome.Error);
        Assert.Equal("image", Attributes(codes, "--labels", csv).GetProperty("leftOut")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Images_are_edited_into_strips_and_another_model_s_directions_are_refused()
    {
        string directions = _folder.File("d.safetensors");
        Attributes(Encode(".safetensors"));
        string image = Pictures.Write(_folder.File("a.png"));
        string[] command = ["edit", tiny.Folder, image, "--directions", directions, "--out", _folder.File("out"), "--steps", "2", "--inversion-steps", "2", "--device", "cpu"];
        Assert.Contains("1 image edited in 2 steps", Cli.Run([.. command, "--move", "star", "--move", "ring=-0.5", "--at", "-1,0,1"]).Succeeded());
        Assert.True(File.Exists(_folder.File("out", "edited-01.png")));
        Cli.Run([.. command, "--move", "moon"]).FailedWith(ExitCode.Failed, "moon", "star");
        Cli.Run([.. command, "--move", "star", "--at", "1;2"]).FailedWith(ExitCode.BadUsage, "no list of numbers");
        Cli.Run("edit", tiny.Folder, image, "--directions", tiny.Model, "--move", "a", "--out", _folder.File("b")).FailedWith(ExitCode.Failed, "holds no directions");
    }

    [Fact]
    public void Directions_are_tried_on_images_before_a_judge()
    {
        string directions = _folder.File("d.safetensors"), judge = _folder.File("judge.safetensors");
        Attributes(Encode(".safetensors"), "--labels", Images);
        Cli.Run("judge", "--data", "ornaments:40,16", "--out", judge, "--size", "8", "--images", "128", "--device", "cpu").Succeeded();
        string[] command = ["judge-edits", tiny.Folder, "ornaments:6,16,9", "--directions", directions, "--judge", judge, "--steps", "2", "--inversion-steps", "2", "--device", "cpu"];
        string text = Cli.Run([.. command, "--direction", "size", "--direction", "hue-cos"]).Succeeded();
        Assert.Contains("Shares of 6 images", text);
        Assert.Contains("hue-cos", text);
        JsonElement edits = JsonDocument.Parse(Cli.Run([.. command, "--direction", "size", "--json"]).Succeeded()).RootElement.GetProperty("edits");
        Assert.Equal(11, Assert.Single(edits.EnumerateArray()).GetProperty("kept").GetArrayLength());
        Cli.Run([.. command, "--direction", "hat"]).FailedWith(ExitCode.Failed, "no direction \"hat\"");
    }

    [Fact]
    public void The_way_between_two_images_is_a_strip_and_an_animation()
    {
        string from = Pictures.Write(_folder.File("a.png"));
        Outcome outcome = Cli.Run("interpolate", tiny.Folder, from, "ornaments:1,16", "--frames", "3", "--steps", "2", "--inversion-steps", "2",
            "--out", _folder.File("way"), "--json", "--device", "cpu");
        JsonElement json = JsonDocument.Parse(outcome.Succeeded()).RootElement;
        Assert.Equal(3, json.GetProperty("frames").GetInt32());
        Assert.True(json.GetProperty("smoothness").GetDouble() >= 1);
        using IImageSource strip = ImageSources.Open(_folder.File("way.png"));
        Assert.True(strip.Read(0).Width > 5 * 128);
        Assert.True(new FileInfo(_folder.File("way.webp")).Length > 0);
    }

    private string Encode(string kind, params string[] options)
    {
        string path = _folder.File($"codes{kind}");
        Cli.Run(["encode", tiny.Folder, "--data", Images, "--out", path, "--device", "cpu", .. options]).Succeeded();
        return path;
    }

    private static string Join(string destination, string file)
    {
        Cli.Run("join", file, "--out", destination).Succeeded();
        return destination;
    }

    private JsonElement Attributes(string codes, params string[] options) => JsonDocument.Parse(
        Cli.Run(["attributes", codes, "--out", _folder.File("d.safetensors"), "--json", .. options]).Succeeded()).RootElement;
}
