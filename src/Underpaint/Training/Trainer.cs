using TorchSharp;
using Underpaint.Data;
using Underpaint.Diffusion;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Training;

/// <summary>
/// The training step, and all state that it changes: weights, their average, the optimiser, and images seen. Everything
/// random is derived from (seed, purpose, images seen), so the same state always goes on in the same way.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly Recipe _recipe;
    private readonly BatchStream _images;
    private readonly Device _device;

    /// <summary>Starts at zero images seen, with fresh weights.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="images">The batches, from the same recipe; stays the caller's.</param>
    /// <param name="device">Where to compute.</param>
    public Trainer(Recipe recipe, BatchStream images, Device device)
    {
        (_recipe, _images, _device) = (recipe, images, device);
        Plan = new(recipe);
        Network = new(recipe.Model, recipe.Data.Size, recipe.Data.Channels);
        Network.Weights.Initialize(recipe.Seed, device);
        Network.Weights.Train();
        Average = new(recipe.Model, recipe.Data.Size, recipe.Data.Channels);
        Average.Weights.Initialize(recipe.Seed, device);
        Optimizer = new(Network.Weights, recipe.Optimizer);
    }

    /// <summary>The network being trained; belongs to the trainer.</summary>
    public AutoencoderNetwork Network { get; }

    /// <summary>The same network with the average of the weights, for inference; belongs to the trainer.</summary>
    public AutoencoderNetwork Average { get; }

    /// <summary>Adam and its moments; belongs to the trainer.</summary>
    public AdamOptimizer Optimizer { get; }

    /// <summary>Where the phases begin and end.</summary>
    public PhasePlan Plan { get; }

    /// <summary>How far the training is.</summary>
    public long ImagesSeen { get; set; }

    /// <summary>Trains on the next batch.</summary>
    /// <exception cref="UnderpaintException">The loss or the gradient is no longer finite; the weights are as before the step.</exception>
    public StepReport Step()
    {
        using var scope = NewDisposeScope();
        Phase phase = Plan.At(ImagesSeen).Phase;

        // Draw a batch.
        PixelBatch batch = _images.Next();
        Tensor images = batch.ToTensor(_device);                                             // (N, C, H, W)

        // Encode it.
        Tensor codes = Encode(images, phase.FreezeEncoder);                                  // (N, code)

        // Add noise.
        NoiseLevel[] levels = DrawLevels(phase, batch.Count);
        Tensor alpha = PerImage(levels, level => level.Alpha), sigma = PerImage(levels, level => level.Sigma);
        Tensor noise = DrawNoise(images.shape);
        Tensor noisy = PredictionMaths.AddNoise(images, noise, alpha, sigma);

        // Predict.
        using Generator dropout = Random("dropout");
        Tensor output = Network.Predict(noisy, PerImage(levels, level => level.Time).flatten(), codes, dropout);

        // Weigh the error.
        Tensor target = phase.Predict.Target(images, noise, alpha, sigma);
        Tensor errors = (output - target).square().mean([1, 2, 3]);                          // (N)
        Tensor weights = PerImage(levels, level => phase.Weighting.At(phase.Predict, level.Alpha, level.Sigma)).flatten();
        Tensor loss = (weights * errors).mean();

        // Update weights.
        loss.backward();
        double norm = Optimizer.ClipGradients();
        if (!double.IsFinite(loss.ToDouble()) || !double.IsFinite(norm))
            throw Diverged(phase, batch, levels);
        double learningRate = LearningRate(phase);
        Optimizer.Update(learningRate, phase.FreezeEncoder ? Network.DecoderWeights : Network.Weights.Count);

        // Update the average.
        ImagesSeen += batch.Count;
        WeightAverage.Update(Average.Weights, Network.Weights, WeightAverage.Decay(_recipe.Ema, batch.Count, ImagesSeen));

        return new(phase.Name, ImagesSeen, loss.ToDouble(), norm, learningRate, errors.cpu().data<float>().ToArray(),
            [.. levels.Select(level => level.Share)]);
    }

    /// <summary>Frees both networks and the optimiser.</summary>
    public void Dispose()
    {
        Network.Dispose();
        Average.Dispose();
        Optimizer.Dispose();
    }

    private Tensor Encode(Tensor images, bool frozen)
    {
        if (!frozen)
            return Network.Encode(images);
        using var noGradients = no_grad();
        return Network.Encode(images);
    }

    private NoiseLevel[] DrawLevels(Phase phase, int count)
    {
        var levels = new NoiseLevel[count];
        for (int i = 0; i < count; i++)
        {
            var random = new RandomSource(_recipe.Seed, "noise level", ImagesSeen + i);
            double uniform = random.NextDouble();
            levels[i] = random.NextDouble() < phase.Rehearsal ? NoiseLevel.Highest : phase.Schedule.Draw(uniform, phase.Predict);
        }
        return levels;
    }

    private Tensor DrawNoise(long[] shape)
    {
        using Generator generator = Random("noise");
        return randn(shape, device: _device, generator: generator);
    }

    private Generator Random(string purpose) => new(RandomSource.SeedOf(_recipe.Seed, purpose, ImagesSeen), _device);

    private Tensor PerImage(NoiseLevel[] levels, Func<NoiseLevel, double> value) =>
        tensor(Array.ConvertAll(levels, level => (float)value(level)), device: _device).view(-1, 1, 1, 1);

    private double LearningRate(Phase phase)
    {
        double rate = phase.LearningRate ?? _recipe.Optimizer.LearningRate;
        long warmup = _recipe.Optimizer.Warmup;
        return ImagesSeen < warmup ? rate * (ImagesSeen + _recipe.Optimizer.Batch) / (warmup + _recipe.Optimizer.Batch) : rate;
    }

    private UnderpaintException Diverged(Phase phase, PixelBatch batch, NoiseLevel[] levels) => new(
        $"The loss is no longer a number: phase {phase.Name}, after {ImagesSeen} images, noise levels "
        + $"{levels.Min(level => level.Share):0.00} to {levels.Max(level => level.Share):0.00}, "
        + $"images {string.Join(", ", batch.Indices.Take(8).Select(_images.NameOf))}{(batch.Count > 8 ? " …" : "")}.",
        "Resume from the last checkpoint with a lower optimizer.learningRate, a lower optimizer.clip or a longer optimizer.warmup.");
}
