using System.Text.Json.Nodes;

namespace Underpaint.Cli.Tests.Verbs;

public sealed class ExportVerbTests(TinyRun tiny) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_is_published_with_weights_and_a_card()
    {
        string output = Cli.Run("export", tiny.Folder, "--safetensors", "--out", _folder.File("published"), "--license", "mit", "--dataset", "faces").Succeeded();
        Assert.Contains(_folder.File("published", "model.safetensors"), output);
        string card = File.ReadAllText(_folder.File("published", "README.md"));
        Assert.Contains("license: mit\n", card);
        Assert.Contains("datasets:\n- faces\n", card);
        Assert.Contains("on 64 of 64 images", Cli.Run("inspect", _folder.File("published", "model.safetensors")).Succeeded());
        JsonNode json = JsonNode.Parse(Cli.Run("export", tiny.Folder, "--safetensors", "--out", _folder.File("published"), "--json").Succeeded())!;
        Assert.EndsWith("README.md", (string)json["card"]!);
    }

    [Fact]
    public void A_run_becomes_graphs()
    {
        string output = Cli.Run("export", tiny.Folder, "--onnx", "--out", _folder.File("graphs")).Succeeded();
        Assert.Contains(_folder.File("graphs", "denoiser.onnx"), output);
        Assert.True(new FileInfo(_folder.File("graphs", "encoder.onnx")).Length > 10_000);
        JsonNode json = JsonNode.Parse(Cli.Run("export", tiny.Folder, "--onnx", "--out", _folder.File("graphs"), "--json").Succeeded())!;
        Assert.EndsWith("encoder.onnx", (string)json["encoder"]!);
    }

    [Fact]
    public void What_to_write_must_be_said()
    {
        Cli.Run("export", tiny.Folder, "--out", _folder.File("published")).FailedWith(ExitCode.BadUsage, "--safetensors or --onnx");
        Cli.Run("export", tiny.Folder, "--safetensors", "--out", _folder.File("published"), "--directions", "d")
            .FailedWith(ExitCode.BadUsage, "--directions goes with --onnx");
        Cli.Run("export", tiny.Folder, "--safetensors", "--out", _folder.File("published"), "--latent", "l")
            .FailedWith(ExitCode.BadUsage, "--latent goes with --onnx");
        Cli.Run("export", tiny.Folder, "--onnx", "--out", _folder.File("published"), "--license", "mit").FailedWith(ExitCode.BadUsage, "--license goes with --safetensors");
        Cli.Run("export", tiny.Folder, "--onnx", "--out", _folder.File("published"), "--dataset", "faces").FailedWith(ExitCode.BadUsage, "--dataset goes with --safetensors");
        Assert.False(Directory.Exists(_folder.File("published")));
    }
}
