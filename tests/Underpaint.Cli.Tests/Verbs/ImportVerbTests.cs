using System.Text.Json.Nodes;
using Underpaint.Storage;

namespace Underpaint.Cli.Tests.Verbs;

/// <summary>The tiny run's model, stripped of all but its tensors, comes back and works with every verb.</summary>
public sealed class ImportVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _tensors;

    public ImportVerbTests(TinyRun tiny)
    {
        _tensors = _folder.File("bare.safetensors");
        using SafetensorsFile model = SafetensorsFile.Open(tiny.Model);
        AtomicFile.Write(_tensors, stream => SafetensorsWriter.Write(stream,
            [.. model.Tensors.Values.Select(tensor => TensorData.Floats(tensor.Name, tensor.Shape, model.ReadFloats(tensor.Name)))]));
    }

    public void Dispose() => _folder.Dispose();

    private string Model => _folder.File("model.safetensors");

    [Fact]
    public void An_import_tells_what_it_found_and_what_it_assumed()
    {
        string output = Import().Succeeded();
        Assert.Contains("16×16 pixels, RGB", output);
        Assert.Contains("32 channels × 1", output);
        Assert.Contains("tensors: weights", output);
        Assert.Contains("One attention head", output);

        JsonNode json = JsonNode.Parse(Import("--json").Succeeded())!;
        Assert.Equal((16, 32, 16), ((int)json["size"]!, (int)json["model"]!["channels"]!, (int)json["model"]!["code"]!));
        Assert.Equal("weights", (string)json["kind"]!);
    }

    [Fact]
    public void An_imported_model_works_with_every_verb()
    {
        Import().Succeeded();
        Assert.Contains("imported from bare.safetensors", Cli.Run("inspect", Model).Succeeded());
        string[] decoding = ["--device", "cpu", "--precision", "float32", "--steps", "2"];
        Assert.Contains("PSNR", Cli.Run(["evaluate", Model, "--data", "ornaments:2,16", .. decoding]).Succeeded());
        Cli.Run(["reconstruct", Model, "ornaments:1,16", "--out", _folder.File("pictures"), .. decoding]).Succeeded();
        Cli.Run("export", Model, "--safetensors", "--out", _folder.File("published")).Succeeded();
        Cli.Run("train", "two-phase", "--from", Model, "--data", TinyRun.Data, "--out", _folder.File("run"), "--device", "cpu", "--threads", "1",
            "--set", "phases[detail].images=16", "--set", "optimizer.batch=8", "--set", "validation.images=1").Succeeded();
        Assert.Contains("the model bare", Cli.Run("inspect", _folder.File("run")).Succeeded());
    }

    [Fact]
    public void What_cannot_be_imported_is_a_failure_and_a_wrong_value_bad_usage()
    {
        Cli.Run("import", _tensors, "--out", Model).FailedWith(ExitCode.Failed, "does not tell the size");
        Cli.Run("import", _tensors, "--out", Model, "--set", "data.size=9").FailedWith(ExitCode.BadUsage, "data.size");
        Cli.Run("import", _tensors, "--out", Model, "--preset", "nothing").FailedWith(ExitCode.BadUsage, "'nothing'");
        Assert.False(File.Exists(Model));
    }

    private Outcome Import(params string[] more) => Cli.Run(["import", _tensors, "--out", Model, "--set", "data.size=16", .. more]);
}
