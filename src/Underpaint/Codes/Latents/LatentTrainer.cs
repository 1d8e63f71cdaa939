using TorchSharp;
using Underpaint.Diffusion;
using Underpaint.Machine;
using Underpaint.Networks;
using Underpaint.Training;
using static TorchSharp.torch;

namespace Underpaint.Codes.Latents;

/// <summary>
/// The training step of a latent DPM, and all state that it changes. Everything random is derived from (seed, purpose, images seen), as in
/// <see cref="Trainer"/>.
/// </summary>
public sealed class LatentTrainer : ITrainer, IDisposable
{
    private readonly LatentRecipe _recipe;
    private readonly CodeStream _codes;
    private readonly Device _device;
    private readonly Workers _workers;
    private readonly Replicas<LatentNetwork> _replicas;

    /// <summary>Starts at zero images seen, with fresh weights.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="codes">The standardised codes, one after the other.</param>
    /// <param name="codeSize">Numbers in a code.</param>
    /// <param name="device">Where to compute; always in float32.</param>
    public LatentTrainer(LatentRecipe recipe, float[] codes, int codeSize, ComputeDevice device)
    {
        (_recipe, _device) = (recipe, device.Device);
        _codes = new(codes, codeSize, recipe.Seed);
        Network = new(recipe.Network, codeSize);
        Network.Weights.Initialize(recipe.Seed, _device);
        Average = new(recipe.Network, codeSize);
        Average.Weights.Initialize(recipe.Seed, _device);
        _workers = Workers.For(device, recipe.Optimizer.Batch);
        _replicas = new(Network, _workers);
        Optimizer = new(Network.Weights, recipe.Optimizer, _workers);
    }

    /// <summary>The network being trained; belongs to the trainer.</summary>
    public LatentNetwork Network { get; }

    /// <summary>The same network with the average of the weights; belongs to the trainer.</summary>
    public LatentNetwork Average { get; }

    /// <inheritdoc/>
    public AdamOptimizer Optimizer { get; }

    /// <inheritdoc/>
    public long ImagesSeen { get; set; }

    WeightSet ITrainer.Weights => Network.Weights;

    WeightSet ITrainer.AverageWeights => Average.Weights;

    /// <summary>Trains on the next batch.</summary>
    /// <returns>What it did; errors are mean absolute errors of the predicted noise.</returns>
    /// <exception cref="UnderpaintException">The loss or the gradient is no longer finite; the weights are as before the step.</exception>
    public StepReport Step()
    {
        using var scope = NewDisposeScope();
        int count = _recipe.Optimizer.Batch;

        // Draw a batch.
        Tensor codes = tensor(_codes.Draw(ImagesSeen, count), device: _device).view(count, -1);
        Tensor noise = GaussianNoise.Draw(RandomSource.SeedOf(_recipe.Seed, "noise", ImagesSeen), codes.shape, _device);
        NoiseLevel[] levels = DrawLevels(count);

        // Learn from it, each worker from its share.
        var errors = new float[count];
        _replicas.Learn(count, (network, first, length) => Learn(network, codes, noise, levels, first, length).CopyTo(errors, first));
        double loss = errors.Average();

        // Update weights.
        double norm = Optimizer.GradientNorm();
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
            throw new UnderpaintException($"The loss is no longer a number after {ImagesSeen} images.",
                "Train again with a lower learning rate (--set optimizer.learningRate=…).");
        double learningRate = _recipe.Optimizer.Warmed(_recipe.Optimizer.LearningRate, ImagesSeen);
        Optimizer.Update(norm, new WeightGroup(0, Network.Weights.Count, learningRate));

        // Update the average.
        ImagesSeen += count;
        WeightAverage.Update(Average.Weights, Network.Weights, WeightAverage.Decay(_recipe.Ema, count, ImagesSeen));

        return new("latent", ImagesSeen, loss, norm, learningRate, errors, [.. levels.Select(level => level.Share)]);
    }

    /// <summary>Frees both networks and the optimiser.</summary>
    public void Dispose()
    {
        _replicas.Dispose();
        _workers.Dispose();
        Network.Dispose();
        Average.Dispose();
        Optimizer.Dispose();
    }

    /// <summary>Forward and backward; adds to the network's gradients and returns each code's mean absolute error.</summary>
    private static float[] Learn(LatentNetwork network, Tensor allCodes, Tensor allNoise, NoiseLevel[] allLevels, int first, int count)
    {
        // A worker's thread has no other scope: what is made before this one is left to the garbage collector.
        using var scope = NewDisposeScope();
        using var tape = Tape.Record();
        Tensor codes = allCodes.narrow(0, first, count), noise = allNoise.narrow(0, first, count);
        NoiseLevel[] levels = allLevels[first..(first + count)];

        // Add noise.
        Tensor noisy = PredictionMaths.AddNoise(codes, noise, PerCode(level => level.Alpha).view(-1, 1), PerCode(level => level.Sigma).view(-1, 1));

        // Predict it.
        Value output = network.Predict(tape, noisy, PerCode(level => level.Time));

        // Carry the error back: the loss is the mean absolute error.
        Tensor error = output.Data - noise;
        using Scalar slope = 1.0 / (allLevels.Length * network.CodeSize);
        tape.Backward(output, error.sign().mul(slope));
        return error.abs().mean([1]).cpu().data<float>().ToArray();

        Tensor PerCode(Func<NoiseLevel, double> value) => tensor(Array.ConvertAll(levels, level => (float)value(level)), device: codes.device);
    }

    private NoiseLevel[] DrawLevels(int count)
    {
        var levels = new NoiseLevel[count];
        for (int i = 0; i < count; i++)
            levels[i] = DiscreteLevels.Constant[new RandomSource(_recipe.Seed, "noise level", ImagesSeen + i).NextInt(DiscreteLevels.Constant.Count)];
        return levels;
    }
}
