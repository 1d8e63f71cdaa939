using Underpaint.Diffusion;
using Underpaint.Exchange;
using Underpaint.Onnx;
using Underpaint.Tests.Golden;
using static TorchSharp.torch;

namespace Underpaint.Tests.Onnx;

/// <summary>The official code's figures, through import, export and ONNX Runtime.</summary>
public sealed class GoldenOnnxTests
{
    [Theory]
    [InlineData("A", "data.size=32")]
    [InlineData("B", "data.size=64", "model.heads=2")]
    public void An_exported_golden_model_reproduces_the_official_figures_and_those_of_libtorch(string name, params string[] settings)
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        using var golden = new GoldenModel(name);
        using var models = new ExportedModels();
        ModelImport.Run(SharedFiles.Path("golden", "diffae", name, "weights.safetensors"), models.ModelPath, new() { Settings = settings });
        using OnnxAutoencoder model = models.LoadOnnx();

        float[] codes = model.EncodeValues(Numbers(golden["x"]));
        Assert.True(Largest(codes, golden["z"]) <= 1e-4);
        Assert.True(Largest(codes, golden.Codes()) <= 1e-4);

        // One time for all images of a call; the golden figures have one for each.
        Tensor noisy = golden["x_t"], times = golden.Times();
        for (int i = 0; i < noisy.size(0); i++)
        {
            Tensor single = noisy.narrow(0, i, 1);
            var prediction = new float[single.numel()];
            model.Predict(Numbers(single), times[i].item<float>(), Numbers(golden["z"].narrow(0, i, 1)), prediction);
            Assert.True(Largest(prediction, golden["eps"].narrow(0, i, 1)) <= 1e-4);
        }

        float[] start = Numbers(golden["x_T"]);
        Assert.True(Largest(model.DecodeValues(codes, start, new() { Steps = 10, Solver = Solver.Ddim, Grid = TimeGrid.Uniform }), golden["ddim10_decode"]) <= 1e-3);
        using DiffusionAutoencoder torchModel = models.LoadTorch();
        using var torchCodes = new CodeBatch(golden.Codes().alias());
        using var torchStart = new StochasticCodeBatch(golden["x_T"].clone());
        using ImageBatch decoded = torchModel.Decode(torchCodes, start: torchStart);
        Assert.True(Largest(model.DecodeValues(codes, start, new()), decoded.Tensor) <= 1e-3);
    }

    private static float[] Numbers(Tensor values) => values.contiguous().data<float>().ToArray();

    private static double Largest(float[] numbers, Tensor expected) =>
        numbers.Zip(Numbers(expected)).Max(pair => Math.Abs(pair.First - pair.Second));
}
