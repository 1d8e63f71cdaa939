using TorchSharp;
using Underpaint.Data;
using Underpaint.Diffusion;
using Underpaint.Machine;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Training;

/// <summary>
/// The training step, and all state that it changes: weights, their average, the optimiser, and images seen. Everything
/// random is derived from (seed, purpose, images seen), so the same state always goes on in the same way.
/// </summary>
public sealed class Trainer : ITrainer, IDisposable
{
    private readonly Recipe _recipe;
    private readonly BatchStream _images;
    private readonly Device _device;
    private readonly Replicas<AutoencoderNetwork> _replicas;

    /// <summary>Starts at zero images seen, with fresh weights.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="images">The batches, from the same recipe; stays the caller's.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="UnderpaintException">A worker's share of a batch is too large to be computed at once.</exception>
    public Trainer(Recipe recipe, BatchStream images, ComputeDevice device)
    {
        CheckShare(recipe, device);
        (_recipe, _images, _device) = (recipe, images, device.Device);
        Plan = new(recipe);
        Network = new(recipe.Model, recipe.Data.Size, recipe.Data.Channels, device.Precision);
        Network.Weights.Initialize(recipe.Seed, _device);
        Average = new(recipe.Model, recipe.Data.Size, recipe.Data.Channels, device.Precision);
        Average.Weights.Initialize(recipe.Seed, _device);
        Workers = Workers.For(device, recipe.Optimizer.Batch);
        _replicas = new(Network, Workers);
        Optimizer = new(Network.Weights, recipe.Optimizer, Workers);
    }

    /// <summary>The network being trained; belongs to the trainer.</summary>
    public AutoencoderNetwork Network { get; }

    /// <summary>The same network with the average of the weights, for inference; belongs to the trainer.</summary>
    public AutoencoderNetwork Average { get; }

    /// <summary>Adam and its moments; belongs to the trainer.</summary>
    public AdamOptimizer Optimizer { get; }

    /// <summary>The threads that it computes with.</summary>
    internal Workers Workers { get; }

    WeightSet ITrainer.Weights => Network.Weights;

    WeightSet ITrainer.AverageWeights => Average.Weights;

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
        PixelBatch pixels = _images.Next();
        NoisyBatch batch = Draw(pixels, phase);
        if (ImagesSeen == 0 && _recipe.Model.CodeSpread > 0)
            SpreadCodes(batch.Images);

        // Ask of its codes what the phase asks, of all of them at once.
        var (codeCost, codeSlopes) = Penalize(batch.Images, phase.CodePenalty);

        // Learn from it, each worker from its share.
        var errors = new float[pixels.Count];
        _replicas.Learn(pixels.Count, (network, first, count) => Learn(network, batch, codeSlopes, first, count, phase).CopyTo(errors, first));
        double loss = errors.Zip(batch.Levels, (error, level) => error * phase.Weight(level)).Average();

        // Update weights.
        double norm = Optimizer.GradientNorm();
        if (!double.IsFinite(loss + codeCost) || !double.IsFinite(norm))
            throw Diverged(phase, pixels, batch.Levels);
        double learningRate = _recipe.Optimizer.Warmed(phase.LearningRate ?? _recipe.Optimizer.LearningRate, ImagesSeen);
        Optimizer.Update(norm, Groups(phase, learningRate));
        Network.Weights.Round();

        // Update the average.
        ImagesSeen += pixels.Count;
        WeightAverage.Update(Average.Weights, Network.Weights, WeightAverage.Decay(_recipe.Ema, pixels.Count, ImagesSeen));

        return new(phase.Name, ImagesSeen, loss, norm, learningRate, errors, [.. batch.Levels.Select(level => level.Share)])
        {
            CodeCost = codeCost,
        };
    }

    /// <summary>Frees both networks and the optimiser.</summary>
    public void Dispose()
    {
        _replicas.Dispose();
        Workers.Dispose();
        Network.Dispose();
        Average.Dispose();
        Optimizer.Dispose();
    }

    /// <summary>Refuses before anything is made what our kernels could not compute in the middle of the first step.</summary>
    internal static void CheckShare(Recipe recipe, ComputeDevice device)
    {
        // The codes of the first batch are spread by one worker alone.
        int workers = recipe.Model.CodeSpread > 0 ? 1 : Workers.CountFor(device, recipe.Optimizer.Batch);
        long perImage = ActivationSize.LargestOf(recipe.Model, recipe.Data.Size), most = TensorMemory.Most / perImage;
        int share = (recipe.Optimizer.Batch + workers - 1) / workers;
        if (device.Device.type == DeviceType.CPU && share > most)
        {
            throw new UnderpaintException($"{share} images at once are too many for this model on the CPU: one of their activations has up to {share * perImage:N0} numbers.",
                most > 0 ? $"Use an optimizer.batch of {most * workers} or less." : "Use a smaller model, smaller images, or attention at lower resolutions.");
        }
    }

    /// <summary>Forward and backward; adds to the network's gradients and returns each image's mean squared error.</summary>
    /// <param name="network">One replica.</param>
    /// <param name="all">The batch.</param>
    /// <param name="codeSlopes">What the codes' own cost adds to their gradient, (N, code); null where there is none.</param>
    /// <param name="first">The first image of its share.</param>
    /// <param name="count">How many images its share has.</param>
    /// <param name="phase">The current phase.</param>
    private static float[] Learn(AutoencoderNetwork network, NoisyBatch all, Tensor? codeSlopes, int first, int count, Phase phase)
    {
        // A worker's thread has no other scope: what is made before this one is left to the garbage collector.
        using var scope = NewDisposeScope();
        using var tape = Tape.Record();
        NoisyBatch batch = all.Slice(first, count);
        double share = 1.0 / all.Levels.Length;

        // Encode it.
        Value codes = phase.FreezeEncoder
            ? Tape.Constant(network.Encode(batch.Images))
            : network.Encode(tape, batch.Images);                                            // (N, code)

        // Add noise.
        Tensor noisy = PredictionMaths.AddNoise(batch.Images, batch.Noise, batch.Alpha, batch.Sigma);

        // Predict.
        Value output = network.Predict(tape, noisy, batch.Times, codes, network.Options.Dropout > 0
            ? new Dropout(network.Options.Dropout, batch.DropoutKeys)
            : null);

        // Weigh the error.
        Tensor error = output.Data - phase.Predict.Target(batch.Images, batch.Noise, batch.Alpha, batch.Sigma);
        double pixels = error.NumberOfElements / error.size(0);
        Tensor slopes = batch.PerImage(level => phase.Weight(level) * share * 2 / pixels).view(-1, 1, 1, 1);

        // Carry it back: the loss is the sum over images of weight · mean square.
        if (codeSlopes is not null)
            codes.AddGradient(codeSlopes.narrow(0, first, count));
        tape.Backward(output, error * slopes);
        return (error * error).mean([1, 2, 3]).cpu().data<float>().ToArray();
    }

    private (double Cost, Tensor? Slopes) Penalize(Tensor images, CodePenalty penalty)
    {
        if (penalty == CodePenalty.None)
            return (0, null);
        int count = (int)images.size(0), size = _recipe.Model.Code;
        var codes = new float[count * size];
        _replicas.Run(count, (network, first, length) =>
        {
            using var scope = NewDisposeScope();
            network.Encode(images.narrow(0, first, length)).cpu().data<float>().ToArray().CopyTo(codes, first * size);
        });
        return penalty.Of(tensor(codes, device: _device).view(count, size));
    }

    private void SpreadCodes(Tensor images)
    {
        Network.SpreadCodes(images, _recipe.Model.CodeSpread);
        Average.Weights.Values.copy_(Network.Weights.Values);
    }

    private NoisyBatch Draw(PixelBatch pixels, Phase phase)
    {
        Tensor images = pixels.ToTensor(_device);
        Tensor noise = GaussianNoise.Draw(RandomSource.SeedOf(_recipe.Seed, "noise", ImagesSeen), images.shape, _device);
        var keys = new ulong[pixels.Count];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = (ulong)RandomSource.SeedOf(_recipe.Seed, "dropout", ImagesSeen + i);
        return new(images, noise, DrawLevels(phase, pixels.Count), keys);
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

    // The decoder's weights come first.
    private WeightGroup[] Groups(Phase phase, double learningRate)
    {
        long decoder = Network.DecoderWeights, encoder = Network.Weights.Count - decoder;
        double encoderRate = phase.EncoderLearningRate is { } own ? _recipe.Optimizer.Warmed(own, ImagesSeen) : learningRate;
        return phase.FreezeEncoder ? [new(0, decoder, learningRate)] : [new(0, decoder, learningRate), new(decoder, encoder, encoderRate)];
    }

    private UnderpaintException Diverged(Phase phase, PixelBatch batch, NoiseLevel[] levels) => new(
        $"The loss is no longer a number: phase {phase.Name}, after {ImagesSeen} images, noise levels "
        + $"{levels.Min(level => level.Share):0.00} to {levels.Max(level => level.Share):0.00}, "
        + $"images {string.Join(", ", batch.Indices.Take(8).Select(_images.NameOf))}{(batch.Count > 8 ? " …" : "")}.",
        $"Resume from the last checkpoint with a lower learning rate (underpaint resume RUN {GentlerRate.SettingsOf(_recipe, phase)}), or a lower optimizer.clip.");
}
