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
        Assert.Equal((16, 32, 16), ((int)json["model"]!["size"]!, (int)json["model"]!["network"]!["channels"]!, (int)json["model"]!["network"]!["code"]!));
        Assert.Equal("weights", (string)json["kind"]!);
    }

    [Fact]
    public void An_imported_model_works_with_every_verb()
    {
        Import().Succeeded();
        string told = Cli.Run("inspect", Model).Succeeded();
        Assert.Contains("imported from bare.safetensors", told);
        Assert.Contains("a number of images that its file does not tell", told);
        Assert.DoesNotContain("64 images", told);
        string[] decoding = ["--device", "cpu", "--precision", "float32", "--steps", "2"];
        Assert.Contains("PSNR", Cli.Run(["evaluate", Model, "--data", "ornaments:2,16", .. decoding]).Succeeded());
        Cli.Run(["reconstruct", Model, "ornaments:1,16", "--out", _folder.File("pictures"), .. decoding]).Succeeded();
        Cli.Run("export", Model, "--safetensors", "--out", _folder.File("published")).Succeeded();
        Cli.Run("train", "two-phase", "--from", Model, "--data", TinyRun.Data, "--out", _folder.File("run"), "--device", "cpu", "--threads", "1",
            "--set", "phases[detail].images=16", "--set", "optimizer.batch=8", "--set", "validation.images=1").Succeeded();
        Assert.Contains("the model bare", Cli.Run("inspect", _folder.File("run")).Succeeded());
    }

    [Fact]
    public void Inspect_tells_of_a_checkpoint_what_an_import_would_make_or_why_it_cannot()
    {
        string sized = _folder.File("sized.safetensors");
        using (SafetensorsFile file = SafetensorsFile.Open(_tensors))
        {
            AtomicFile.Write(sized, stream => SafetensorsWriter.Write(stream,
            [
                .. file.Tensors.Values.Select(tensor => TensorData.Floats(tensor.Name, tensor.Shape, file.ReadFloats(tensor.Name))),
                TensorData.Floats("x_T", [1, 3, 16, 16], new float[3 * 16 * 16]),
            ]));
        }
        Assert.Contains("noise of the sample pictures (x_T), 1 tensor", Cli.Run("inspect", sized).Succeeded());
        Assert.Equal(16, (int)JsonNode.Parse(Cli.Run("inspect", sized, "--json").Succeeded())!["model"]!["size"]!);
        Cli.Run("inspect", _tensors).FailedWith(ExitCode.Failed, "does not tell the size");
        Assert.False(File.Exists(Model));
    }

    [Fact]
    public void What_cannot_be_imported_is_a_failure_and_a_wrong_value_bad_usage()
    {
        Cli.Run("import", _tensors, "--out", Model).FailedWith(ExitCode.Failed, "does not tell the size");
        foreach (string size in new[] { "9", "-16", "16.5", "large" })
            Cli.Run("import", _tensors, "--out", Model, "--set", $"data.size={size}").FailedWith(ExitCode.BadUsage, "data.size is ");
        Cli.Run("import", _tensors, "--out", Model, "--preset", "nothing").FailedWith(ExitCode.BadUsage, "'nothing'");
        Assert.False(File.Exists(Model));
    }

    [Fact]
    public void What_is_imported_is_not_replaced() =>
        Cli.Run("import", _tensors, "--out", _tensors, "--set", "data.size=16").FailedWith(ExitCode.Failed, "Name another file to write");

    private Outcome Import(params string[] more) => Cli.Run(["import", _tensors, "--out", Model, "--set", "data.size=16", .. more]);
}
