using System.Text.Json;
using TorchSharp;
using Underpaint.Codes;
using Underpaint.Codes.Files;
using Underpaint.Diffusion;
using Underpaint.Exchange;
using Underpaint.Networks;
using Underpaint.Storage.Torch;
using Underpaint.Tests.Golden;
using Underpaint.Training;
using static TorchSharp.torch;

namespace Underpaint.Tests.Exchange;

/// <summary>Files of the official code, through import and the library's front door.</summary>
public sealed class GoldenImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    private string Model => _folder.File("model.safetensors");

    [Theory]
    [InlineData("A", "data.size=32")]
    [InlineData("B", "data.size=64", "model.heads=2")]
    public void An_imported_golden_model_reproduces_the_official_figures(string name, params string[] settings)
    {
        using var golden = new GoldenModel(name);
        ModelImport.Run(SharedFiles.Path("golden", "diffae", name, "weights.safetensors"), Model, new() { Settings = settings });
        using DiffusionAutoencoder model = DiffusionAutoencoder.Load(Model, "cpu", "float32");
        using var images = new ImageBatch(golden["x"].clone());
        using CodeBatch codes = model.Encode(images);
        Assert.True(Largest(codes.Tensor - golden["z"]) <= 1e-5);
        using var start = new StochasticCodeBatch(golden["x_T"].clone());
        using ImageBatch decoded = model.Decode(codes, steps: 10, start: start, solver: Solver.Ddim, grid: TimeGrid.Uniform);
        Assert.True(Largest(decoded.Tensor - golden["ddim10_decode"]) <= 3e-4);

        using AutoencoderNetwork network = LoadNetwork();
        Assert.True(Largest(network.Predict(golden["x_t"], golden.Times(), golden["z"]) - golden["eps"]) <= 5e-5);
        Assert.True(Largest(network.Predict(golden["x_t"], golden.Times(), golden["cond_rand"]) - golden["eps_cond_rand"]) <= 5e-5);
    }

    [Theory]
    [InlineData("ema_model", false)]
    [InlineData("model", true)]
    public void Either_set_of_a_Lightning_checkpoint_gives_its_own_figures(string set, bool raw)
    {
        JsonElement expected = Expected("last.ckpt");
        ModelImport.Run(SharedFiles.Path("golden", "small", "ckpt", "last.ckpt"), Model, new() { Raw = raw });
        using AutoencoderNetwork network = LoadNetwork();
        foreach (JsonProperty sample in expected.GetProperty("sample_values").EnumerateObject().Where(sample => sample.Name.StartsWith(set + ".", StringComparison.Ordinal)))
        {
            Weight weight = network.Weights.All.Single(weight => $"{set}.{weight.Name}" == sample.Name);
            Assert.Equal(sample.Value.GetProperty("first4").Floats(), weight.Value.contiguous().data<float>().ToArray().Take(4));
        }
        JsonElement outputs = expected.GetProperty("outputs").GetProperty(set);
        Tensor images = tensor(Formulas.Image(2, 16)).view(2, 3, 16, 16), noise = tensor(Formulas.Noise(2 * 3 * 16 * 16, 0)).view(2, 3, 16, 16);
        Tensor codes = network.Encode(images);
        Assert.True(Largest(codes.flatten() - tensor(outputs.GetProperty("z").Floats())) <= 1e-5);
        Tensor noisy = NoisyAt(images, noise, 17, 803);
        Tensor predicted = network.Predict(noisy, tensor([17f, 803f]), codes);
        Assert.True(outputs.GetProperty("eps").LargestDifference(predicted.contiguous().data<float>().ToArray()) <= 5e-5);
    }

    [Fact]
    public void A_Lightning_checkpoint_tells_its_sizes_its_training_and_what_is_left_out()
    {
        ImportedFiles imported = ModelImport.Run(SharedFiles.Path("golden", "small", "ckpt", "last.ckpt"), Model);
        ImportedModel told = imported.Model!;
        ModelOptions model = told.Recipe.Model;
        Assert.Equal((16, 3, 4, 8, 1, 0.1), (told.Recipe.Data.Size, told.Recipe.Data.Channels, model.Channels, model.Code, model.Heads, model.Dropout));
        Assert.Equal([1, 2], model.Multipliers);
        Assert.Equal([1, 2, 2], model.EncoderMultipliers);
        Assert.Equal([8], model.AttentionAt);
        Assert.Equal((1, 2), (model.Blocks, model.EncoderBlocks));
        Assert.Equal(("tiny_autoenc", 12345L * 32, 32), (told.Recipe.Name, told.ImagesSeen, told.Recipe.Optimizer.Batch));
        Assert.Equal((18_675, 230), (told.Weights, told.Tensors));
        Assert.Equal(230, imported.LeftOut["live weights"]);
        Assert.Equal(1, imported.LeftOut["noise of the sample pictures (x_T)"]);
        Assert.Equal(460, imported.LeftOut["training state (optimiser and the like)"]);
    }

    [Fact]
    public void The_codes_of_a_latent_pkl_become_a_code_file_of_the_model_that_made_them()
    {
        string path = SharedFiles.Path("golden", "small", "ckpt", "latent.pkl"), file = _folder.File("codes.safetensors");
        Assert.Contains("--model", Assert.Throws<UnderpaintException>(() => ModelImport.Run(path, file)).Message);
        Assert.Contains("--raw", Assert.Throws<UnderpaintException>(() => ModelImport.Run(path, file, new() { Raw = true })).Message);
        using TorchFile official = TorchFile.Open(path);
        long[] shape = [.. official.Tensors["conds"].Shape];
        Recipe recipe = TestCheckpoint.Recipe with { Model = TestCheckpoint.Recipe.Model with { Code = (int)shape[1] } };
        ModelImport.Run(new TestCheckpoint(recipe).WriteSafetensors(_folder.File("any.safetensors")), Model, new() { Settings = ["data.size=16"] });

        ImportedFiles imported = ModelImport.Run(path, file, new() { Model = Model });
        Assert.Equal(new ImportedCodes(file, (int)shape[0], (int)shape[1]), imported.Codes);
        using ICodeSource codes = CodeFile.Open(file);
        CodeTable table = CodeTable.Load(codes);
        Assert.Equal(ModelFile.Describe(Model).Identity, codes.Origin.Model);
        Assert.Equal(official.ReadFloats("conds"), table.Rows.Codes);
        Assert.Equal(("0", $"{shape[0] - 1}"), (table.Rows.Files[0], table.Rows.Files[^1]));
        CodeStatistics statistics = CodeStatistics.Of([table.Rows.Codes], table.CodeSize);
        Assert.All(official.ReadFloats("conds_mean").Zip(statistics.Mean), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.All(official.ReadFloats("conds_std").Zip(statistics.Deviation), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Theory]
    [InlineData("diffae/latent/weights.safetensors", "does not tell by what codes are standardised: conds_mean is missing; conds_std is missing")]
    [InlineData("small/ckpt/mixed.pt", "holds no model of Diff-AE")]
    [InlineData("small/ckpt/toplevel_list.pt", "holds no model of Diff-AE")]
    [InlineData("small/ckpt/h_builtins_eval.pt", "names 'builtins.eval'")]
    public void Other_official_files_are_recognised_and_refused(string name, string problem)
    {
        string path = SharedFiles.Path(["golden", .. name.Split('/')]);
        Assert.Contains(problem, Assert.Throws<FileFormatException>(() => ModelImport.Run(path, Model)).What);
        Assert.False(File.Exists(Model));
    }

    private AutoencoderNetwork LoadNetwork()
    {
        ModelContent model = ModelFile.Read(Model);
        var network = new AutoencoderNetwork(model.Recipe.Model, model.Recipe.Data.Size, model.Recipe.Data.Channels);
        network.Weights.Allocate();
        network.Weights.Load(model.Values);
        return network;
    }

    // The official tables in their own precision, as the figures were made.
    private static Tensor NoisyAt(Tensor images, Tensor noise, params int[] times)
    {
        double[] kept = [.. times.Select(time => Enumerable.Range(0, time + 1).Aggregate(1.0, (product, i) => product * (1 - (1e-4 + (0.02 - 1e-4) * i / 999))))];
        Tensor Column(Func<double, double> value) => tensor([.. kept.Select(share => (float)value(share))]).view(-1, 1, 1, 1);
        return Column(Math.Sqrt) * images + Column(share => Math.Sqrt(1 - share)) * noise;
    }

    private static JsonElement Expected(string file) => JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Path("golden", "small", "ckpt", "expected.json")))
        .RootElement.GetProperty("accept").GetProperty(file);

    private static double Largest(Tensor difference) => difference.abs().max().ToDouble();
}
