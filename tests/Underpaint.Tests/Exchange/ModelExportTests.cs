using Underpaint.Exchange;
using Underpaint.Exchange.Onnx;
using Underpaint.Storage;
using Underpaint.Tests.Runs;

namespace Underpaint.Tests.Exchange;

public sealed class ModelExportTests : IDisposable
{
    private readonly SmallRun _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Exporting_and_importing_again_is_the_identity()
    {
        string imported = Import();
        ExportedModel exported = ModelExport.Safetensors(imported, _runs.File("published"));
        string again = _runs.File("again.safetensors");
        ModelImport.Run(exported.Weights, again);
        Assert.Equal(File.ReadAllBytes(imported), File.ReadAllBytes(again));
    }

    [Fact]
    public void A_trained_model_comes_back_to_the_bit_even_if_only_its_tensors_travelled()
    {
        RunFolder run = _runs.Start("run");
        Assert.True(SmallRun.Train(run));
        ExportedModel exported = ModelExport.Safetensors(run.Path, _runs.File("published"));
        string again = _runs.File("again.safetensors");
        ModelImport.Run(exported.Weights, again);
        Assert.Equal(File.ReadAllBytes(run.ModelFile), File.ReadAllBytes(again));

        string bare = _runs.File("bare.safetensors"), known = _runs.File("known.safetensors");
        using (SafetensorsFile file = SafetensorsFile.Open(exported.Weights))
        {
            AtomicFile.Write(bare, stream => SafetensorsWriter.Write(stream,
                [.. file.Tensors.Values.Select(tensor => TensorData.Floats(tensor.Name, tensor.Shape, file.ReadFloats(tensor.Name)))]));
        }
        ModelImport.Run(bare, known, new() { Settings = ["data.size=16", "model.groups=4"] });
        Assert.Equal(ModelFile.Read(run.ModelFile).Values, ModelFile.Read(known).Values);
    }

    [Fact]
    public void Tensors_are_the_official_ones_and_the_header_says_that_PyTorch_can_read_them()
    {
        ExportedModel exported = ModelExport.Safetensors(Import(), _runs.File("published"));
        using SafetensorsFile file = SafetensorsFile.Open(exported.Weights);
        Assert.Equal("pt", file.Metadata["format"]);
        var checkpoint = new TestCheckpoint();
        Assert.Equal(checkpoint.Tensors.Keys.Order(StringComparer.Ordinal), file.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.All(checkpoint.Tensors, tensor =>
        {
            Assert.Equal((DType.F32, tensor.Value.Shape.Length), (file.Tensors[tensor.Key].Type, file.Tensors[tensor.Key].Shape.Count));
            Assert.Equal(tensor.Value.Shape, file.Tensors[tensor.Key].Shape);
            Assert.Equal(tensor.Value.Values, file.ReadFloats(tensor.Key));
        });
    }

    [Fact]
    public void A_card_of_a_run_tells_its_data_and_figures_but_not_where_they_lie()
    {
        RunFolder run = _runs.Start("run");
        Assert.True(SmallRun.Train(run));
        ExportedModel exported = ModelExport.Safetensors(run.Path, _runs.File("published"), new() { License = "cc-by-4.0" });
        string card = File.ReadAllText(exported.Card);
        Assert.StartsWith("---\nlicense: cc-by-4.0\n", card);
        Assert.Contains("datasets:\n- ornaments\n", card);
        Assert.Contains("Trained on ornaments (11 images).", card);
        Assert.Contains("(1 of them, never trained on) in 1 step, after 32 images seen: PSNR ", card);
        Assert.DoesNotContain(Path.GetTempPath(), card);
    }

    [Fact]
    public void A_card_is_replaced_and_any_other_page_is_refused_before_anything_is_written()
    {
        string model = Import(), page = _runs.File("published", "README.md");
        ModelExport.Safetensors(model, _runs.File("published"));
        File.AppendAllText(page, "What its owner has added.\n");
        ModelExport.Safetensors(model, _runs.File("published"), new() { License = "mit" });
        Assert.StartsWith("---\nlicense: mit\n", File.ReadAllText(page));

        File.Delete(_runs.File("published", "model.safetensors"));
        foreach (string other in new[] { "# A project\n", "---\ntitle: a page\n---\nlibrary_name: underpaint\n", "" })
        {
            File.WriteAllText(page, other);
            Assert.Contains("no model card of Underpaint", Assert.Throws<UnderpaintException>(() => ModelExport.Safetensors(model, _runs.File("published"))).Message);
            Assert.Equal(other, File.ReadAllText(page));
        }
        Assert.False(File.Exists(_runs.File("published", "model.safetensors")));
    }

    [Fact]
    public void Graphs_leave_nothing_of_another_model_beside_them()
    {
        string folder = _runs.File("onnx"), latent = Path.Combine(folder, "latent.onnx"), directions = Path.Combine(folder, "directions.safetensors");
        string model = ImportAll("a", first: 0), other = ImportAll("b", first: 1);
        ModelExport.Onnx(model, folder, new() { Latent = _runs.File("a-latent.safetensors"), Directions = _runs.File("a-directions.safetensors") });
        Assert.All([latent, Path.Combine(folder, "encoder.onnx")], graph => Assert.Equal(ModelFile.Describe(model).Identity, OnnxFile.IdentityIn(graph)));
        ModelExport.Onnx(model, folder);
        Assert.True(File.Exists(latent) && File.Exists(directions), "the model's own parts stay");
        ModelExport.Onnx(other, folder);
        Assert.Equal(["denoiser.onnx", "encoder.onnx"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        File.WriteAllText(latent, "somebody's notes");
        File.WriteAllText(directions, "somebody's notes");
        ModelExport.Onnx(model, folder);
        Assert.True(File.Exists(latent) && File.Exists(directions), "what is not ours stays");
        Assert.Null(OnnxFile.IdentityIn(latent));
    }

    [Fact]
    public void What_cannot_be_read_leaves_no_folder()
    {
        File.WriteAllText(_runs.File("broken.safetensors"), "no model");
        Assert.Throws<FileFormatException>(() => ModelExport.Safetensors(_runs.File("broken.safetensors"), _runs.File("published")));
        Assert.False(Directory.Exists(_runs.File("published")));
    }

    // A model file with a latent model and directions beside it.
    private string ImportAll(string name, float first)
    {
        TestCheckpoint checkpoint = new TestCheckpoint(prefix: "ema_model.", first: first).WithLatentNetwork("ema_model.latent_net.")
            .WithClassifier("ema_classifier.", 1).WithStatistics();
        ModelImport.Run(checkpoint.WriteSafetensors(_runs.File($"{name}.ckpt")), _runs.File($"{name}.safetensors"), new() { Settings = ["data.size=16"] });
        return _runs.File($"{name}.safetensors");
    }

    private string Import()
    {
        string model = _runs.File("model.safetensors");
        ModelImport.Run(new TestCheckpoint().WriteZip(_runs.File("small.ckpt")), model, new() { Settings = ["data.size=16"] });
        return model;
    }
}
