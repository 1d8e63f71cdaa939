using Underpaint.Codes.Latents;
using Underpaint.Exchange;
using Underpaint.Exchange.Onnx;
using Underpaint.Onnx;
using Underpaint.Storage;
using static TorchSharp.torch;

namespace Underpaint.Tests.Exchange.Onnx;

/// <summary>A latent network by ONNX Runtime beside libtorch and the official code.</summary>
public sealed class LatentGraphTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_official_network_s_figures_come_out_of_its_graph()
    {
        using SafetensorsFile weights = SafetensorsFile.Open(SharedFiles.Path("golden", "diffae", "latent", "weights.safetensors"));
        using SafetensorsFile io = SafetensorsFile.Open(SharedFiles.Path("golden", "diffae", "latent", "io.safetensors"));
        const int CodeSize = 64;
        TestCheckpoint latent = LatentCheckpoint.Empty().WithStatistics(CodeSize);
        foreach (TensorEntry tensor in weights.Tensors.Values)
            latent.Tensors[tensor.Name] = ([.. tensor.Shape], weights.ReadFloats(tensor.Name));
        var recipe = TestCheckpoint.Recipe with { Model = TestCheckpoint.Recipe.Model with { Code = CodeSize } };
        string model = _folder.File("model.safetensors"), file = _folder.File("latent.safetensors");
        ModelImport.Run(new TestCheckpoint(recipe).WriteSafetensors(_folder.File("a.safetensors")), model, new() { Settings = ["data.size=16"] });
        ModelImport.Run(latent.WriteSafetensors(_folder.File("b.safetensors")), file, new() { Model = model });

        ExportedGraphs exported = ModelExport.Onnx(model, _folder.File("onnx"), new() { Latent = file });
        using var session = new NetworkSession(exported.Latent!, threads: 1);
        Assert.Equal(("64", "constant-beta", ModelFile.Describe(model).Identity),
            (session.Metadata["underpaint.code"], session.Metadata["underpaint.schedule"], session.Metadata["underpaint.identity"]));
        float[] times = [.. Times(io).Select(time => (float)time)];
        float[] predicted = Run(session, io.ReadFloats("z0"), times, CodeSize);
        Assert.True(Largest(predicted, io.ReadFloats("pred")) <= 1e-4);
    }

    [Fact]
    public void A_trained_latent_network_says_the_same_without_libtorch()
    {
        const int CodeSize = 6, Count = 5;
        var recipe = new LatentRecipe { Images = 640, Network = new() { Width = 9, Layers = 4 }, Optimizer = new() { LearningRate = 1e-3, Batch = 64 } };
        using var trainer = new LatentTrainer(recipe, [.. Enumerable.Range(0, 100 * CodeSize).Select(i => MathF.Sin(i * i))], CodeSize, Tiny.Device);
        while (trainer.ImagesSeen < recipe.End)
            trainer.Step();
        var latent = new LatentContent(new()
        {
            Model = new('a', 64),
            Data = "sines",
            Codes = 100,
            CodesSha256 = new('b', 64),
            Statistics = new(new double[CodeSize], [.. Enumerable.Repeat(1.0, CodeSize)]),
            ImagesSeen = trainer.ImagesSeen,
            Recipe = recipe,
        }, trainer.Average.Weights.ToArray());
        new OnnxFile(_folder.File("latent.onnx"), LatentGraph.Of(latent), LatentMetadata.EntriesOf(latent.Description)).Write();
        using var session = new NetworkSession(_folder.File("latent.onnx"), threads: 1);
        float[] noisy = [.. Enumerable.Range(0, Count * CodeSize).Select(i => MathF.Cos(i))], times = [0, 17, 400, 803, 999];
        Tensor expected = trainer.Average.Predict(tensor(noisy).view(Count, CodeSize), tensor(times));
        Assert.True(Largest(Run(session, noisy, times, CodeSize), expected.contiguous().data<float>().ToArray()) <= 1e-4);
    }

    [Fact]
    public void A_latent_model_of_another_model_is_refused()
    {
        string model = _folder.File("model.safetensors"), other = _folder.File("other.safetensors");
        ModelImport.Run(new TestCheckpoint().WriteSafetensors(_folder.File("a.safetensors")), model, new() { Settings = ["data.size=16"] });
        ModelImport.Run(new TestCheckpoint(first: 1).WithLatentNetwork("latent_net.").WithStatistics().WriteSafetensors(_folder.File("b.safetensors")), other,
            new() { Settings = ["data.size=16"] });
        Assert.Contains("another model", Assert.Throws<FileFormatException>(() =>
            ModelExport.Onnx(model, _folder.File("onnx"), new() { Latent = _folder.File("other-latent.safetensors") })).Message);
        Assert.False(Directory.Exists(_folder.File("onnx")));
    }

    private static long[] Times(SafetensorsFile io)
    {
        var bytes = new byte[io.Tensors["t"].Length];
        io.ReadBytes("t", bytes);
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(bytes).ToArray();
    }

    private static float[] Run(NetworkSession session, float[] noisy, float[] times, int codeSize)
    {
        var predicted = new float[noisy.Length];
        session.Run([(OnnxNames.Noisy, noisy, [times.Length, codeSize]), (OnnxNames.Times, times, [times.Length])], OnnxNames.Prediction, predicted, [times.Length, codeSize]);
        return predicted;
    }

    private static double Largest(float[] numbers, float[] expected) => numbers.Zip(expected).Max(pair => Math.Abs(pair.First - pair.Second));
}
