using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;
using Underpaint.Diffusion;
using Underpaint.Exchange;
using Underpaint.Networks;
using Underpaint.Onnx;
using Underpaint.Runs;
using Underpaint.Training;

namespace Underpaint.Bench;

/// <summary>A fresh model, exported and used by ONNX Runtime.</summary>
internal sealed class OnnxSubject : ISpeedSubject
{
    private readonly string _folder = Directory.CreateTempSubdirectory("underpaint-onnx-").FullName;
    private readonly OnnxAutoencoder _model;
    private readonly float[] _images;
    private readonly float[] _codes;
    private readonly DecodeOptions _options;

    public OnnxSubject(SpeedOptions options, int threads)
    {
        Recipe recipe = SpeedSubject.RecipeFor(options);
        Parameters = Export(recipe);
        _model = OnnxAutoencoder.Load(_folder, threads);
        _options = new() { Steps = options.Steps, Solver = Solver.Ddim, Grid = TimeGrid.Uniform };
        using IImageSource images = new Ornaments(options.InferenceBatch, recipe.Data.Size);
        _images = [.. Enumerable.Range(0, options.InferenceBatch).SelectMany(i => images.Read(i, recipe.Data).ToValues())];
        _codes = _model.EncodeValues(_images);
    }

    public long Parameters { get; }

    public void TrainStep() => throw new UnderpaintException("An exported model cannot be trained.", "Measure encode and decode only.");

    public void Encode() => _model.EncodeValues(_images);

    public void Decode() => _model.DecodeValues(_codes, _model.DrawStochasticCodes(_codes.Length / _model.CodeSize, _options.Seed), _options);

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private long Export(Recipe recipe)
    {
        using var network = new AutoencoderNetwork(recipe.Model, recipe.Data.Size, recipe.Data.Channels);
        network.Weights.Initialize(seed: 0);
        string file = Path.Combine(_folder, "model.safetensors");
        ModelFile.Save(file, network, recipe, imagesSeen: 0);
        _ = ModelExport.Onnx(file, _folder);
        return network.Weights.Count;
    }
}
