using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;
using Underpaint.Exchange;
using Underpaint.Machine;
using Underpaint.Networks;
using Underpaint.Onnx;
using Underpaint.Training;

namespace Underpaint.Tests.Onnx;

/// <summary>Models with and without libtorch, side by side.</summary>
internal sealed class ExportedModels : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Folder => _folder.File("onnx");

    public string ModelPath => _folder.File("model.safetensors");

    /// <summary>A model that was never trained, without the zeros that a new network ends in.</summary>
    public ExportedModels WithRandomWeights(Recipe recipe, long imagesSeen = 96)
    {
        TorchLibrary.Load();
        using var network = new AutoencoderNetwork(recipe.Model, recipe.Data.Size, recipe.Data.Channels);
        network.Weights.Initialize(seed: 1);
        var random = new RandomSource(1, "no zeros");
        network.Weights.Load(Array.ConvertAll(network.Weights.ToArray(), weight => weight == 0 ? (float)random.NextGaussian() * 0.1f : weight));
        ModelFile.Save(ModelPath, network, recipe, imagesSeen);
        return this;
    }

    public DiffusionAutoencoder LoadTorch() => DiffusionAutoencoder.Load(ModelPath, "cpu", "float32");

    public OnnxAutoencoder LoadOnnx(string? directions = null)
    {
        ModelExport.Onnx(ModelPath, Folder, new() { Directions = directions });
        return OnnxAutoencoder.Load(Folder, threads: 1);
    }

    public string File(string name) => _folder.File(name);

    public static PixelImage[] Images(Recipe recipe, int count)
    {
        using IImageSource source = new Ornaments(count, recipe.Data.Size, seed: 3);
        return [.. Enumerable.Range(0, count).Select(i => source.Read(i, recipe.Data))];
    }

    public void Dispose() => _folder.Dispose();
}
