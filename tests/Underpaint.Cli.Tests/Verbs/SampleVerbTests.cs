using System.Text.Json;

namespace Underpaint.Cli.Tests.Verbs;

public sealed class SampleVerbTests(TinyRun tiny) : IDisposable
{
    private const string Images = "ornaments:40,16", HeldOut = "ornaments:40,16,1";
    private static readonly string[] Small = ["--set", "images=128", "--set", "network.layers=2", "--set", "optimizer.batch=32", "--device", "cpu"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void New_images_are_made_from_nothing_with_the_nearest_known_ones_beside_them()
    {
        string codes = Encode(), latent = _folder.File("latent.safetensors");
        Assert.Contains("40 codes of 16 numbers", Cli.Run(["train-codes", codes, "--out", latent, .. Small]).Succeeded());
        Assert.Contains("2 layers of 64", Cli.Run("inspect", latent).Succeeded());
        string[] command = ["sample", tiny.Folder, "--latent", latent, "--codes", codes, "--data", Images, "--out", _folder.File("new"),
            "--count", "3", "--steps", "2", "--latent-steps", "4", "--device", "cpu"];
        JsonElement json = JsonDocument.Parse(Cli.Run([.. command, "--json"]).Succeeded()).RootElement;
        Assert.Equal(3, json.GetProperty("images").GetInt32());
        Assert.Equal(3, json.GetProperty("nearest")[0].GetArrayLength());
        Assert.True(json.GetProperty("usualDistance").GetDouble() > 0);
        Assert.True(File.Exists(_folder.File("new", "samples-01.png")));
        Assert.Contains("Much smaller means copies", Cli.Run(command).Succeeded());
        Assert.Contains("2 images made", Cli.Run("sample", tiny.Folder, "--latent", latent, "--out", _folder.File("plain"), "--count", "2", "--steps", "1",
            "--latent-steps", "1", "--device", "cpu").Succeeded());
    }

    [Fact]
    public void A_Gaussian_serves_to_compare_with()
    {
        string[] command = ["sample", tiny.Folder, "--gaussian", "--codes", Encode(), "--out", _folder.File("new"), "--count", "2", "--steps", "1", "--device", "cpu"];
        Assert.Contains("2 images made", Cli.Run([.. command, "--neighbors", "0"]).Succeeded());
    }

    [Fact]
    public void New_images_are_compared_by_a_judge_with_real_ones_which_need_not_be_those_of_the_codes()
    {
        string judge = _folder.File("judge.safetensors");
        Cli.Run("judge", "--data", Images, "--out", judge, "--size", "8", "--images", "128", "--device", "cpu").Succeeded();
        string[] command = ["sample", tiny.Folder, "--gaussian", "--codes", Encode(), "--out", _folder.File("new"), "--count", "4", "--steps", "1", "--device", "cpu",
            "--judge", judge];
        Assert.Contains("FD (judge) to 4 images: ", Cli.Run([.. command, "--data", Images]).Succeeded());
        JsonElement json = JsonDocument.Parse(Cli.Run([.. command, "--data", HeldOut, "--json"]).Succeeded()).RootElement;
        Assert.Equal(3, json.GetProperty("nearest")[0].GetArrayLength());
        Assert.True(Assert.Single(json.GetProperty("distances").EnumerateArray()).GetProperty("value").GetDouble() > 0);
        Cli.Run(command).FailedWith(ExitCode.BadUsage, "--data");
    }

    [Fact]
    public void A_training_that_is_stopped_says_how_to_go_on()
    {
        string[] command = ["train-codes", Encode(), "--out", _folder.File("latent.safetensors"), .. Small];
        Outcome stopped = Cli.RunStopped(command);
        Assert.Equal(ExitCode.Failed, stopped.Code);
        Assert.Contains("Stopped after 0 of 128 images; nothing is lost. Give the same command again to go on.", stopped.Error);
        Assert.Contains("Finished: 128 images seen", Cli.Run(command).Succeeded());
    }

    [Fact]
    public void What_cannot_be_is_an_error()
    {
        string codes = Encode();
        Cli.Run("sample", tiny.Folder, "--out", _folder.File("a")).FailedWith(ExitCode.BadUsage, "--latent FILE or --gaussian");
        Cli.Run("sample", tiny.Folder, "--gaussian", "--out", _folder.File("a")).FailedWith(ExitCode.BadUsage, "--codes");
        Cli.Run("sample", tiny.Folder, "--latent", codes, "--out", _folder.File("a"), "--device", "cpu").FailedWith(ExitCode.Failed, "is no latent model");
        Cli.Run("sample", tiny.Folder, "--gaussian", "--codes", codes, "--data", Images, "--weights", _folder.Path, "--out", _folder.File("a"), "--device", "cpu")
            .FailedWith(ExitCode.Failed, "no FID", "pt_inception", "leave --weights out");
        Cli.Run("train-codes", codes, "--out", _folder.File("a.safetensors"), "--set", "network.depth=3").FailedWith(ExitCode.BadUsage, "network.depth");
        Cli.Run("train-codes", codes, "--out", codes, "--device", "cpu").FailedWith(ExitCode.Failed, "is something else");
        Assert.Equal([codes], Directory.GetFileSystemEntries(_folder.Path));
    }

    private string Encode()
    {
        string path = _folder.File("codes.safetensors");
        Cli.Run("encode", tiny.Folder, "--data", Images, "--out", path, "--device", "cpu").Succeeded();
        return path;
    }
}
