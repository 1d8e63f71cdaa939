using Underpaint.Data;
using Underpaint.Data.Synthetic;
using Underpaint.Diffusion;
using Underpaint.Machine;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>A fresh model that trains on ornaments, as in any run.</summary>
internal sealed class SpeedSubject : ISpeedSubject
{
    /// <summary>How many different ornaments there are to train on.</summary>
    public const int ImageCount = 10_000;

    private readonly BatchStream _stream;
    private readonly Trainer _trainer;
    private readonly DiffusionAutoencoder _model;
    private readonly ImageBatch _images;
    private readonly CodeBatch _codes;
    private readonly int _steps;

    public SpeedSubject(SpeedOptions options, ComputeDevice device)
    {
        Recipe recipe = RecipeFor(options);
        var images = new Ornaments(ImageCount, recipe.Data.Size);
        _stream = new(images, recipe.Data, recipe.Optimizer.Batch, recipe.Seed);
        _trainer = new(recipe, _stream, device);
        _model = new(_trainer.Average, recipe, imagesSeen: 0, device.Threads, ownsNetwork: false);
        int[] first = [.. Enumerable.Range(0, options.InferenceBatch)];
        _images = ImageBatch.From(PixelBatch.Load(images, first, recipe.Data), device.Device);
        _codes = _model.Encode(_images);
        _steps = options.Steps;
    }

    public long Parameters => _trainer.Network.Weights.Count;

    public void TrainStep() => _trainer.Step();

    public void Encode() => _model.Encode(_images).Dispose();

    // As the official code decodes, which this is measured against.
    public void Decode() => _model.Decode(_codes, _steps, solver: Solver.Ddim, grid: TimeGrid.Uniform).Dispose();

    public void Dispose()
    {
        _codes.Dispose();
        _images.Dispose();
        _model.Dispose();
        _trainer.Dispose();
        _stream.Dispose();
    }

    // A phase that never ends, in which every image is decoded in as many steps as asked for.
    internal static Recipe RecipeFor(SpeedOptions options) => new()
    {
        Name = "speed",
        Data = new() { Size = options.Preset.ImageSize },
        Model = options.Preset.Model,
        Phases =
        [
            new() { Name = "detail", Images = int.MaxValue, Schedule = NoiseSchedule.ShiftedCosine(4), Predict = Prediction.Velocity },
        ],
        Optimizer = new() { Batch = options.TrainBatch },
    };
}
