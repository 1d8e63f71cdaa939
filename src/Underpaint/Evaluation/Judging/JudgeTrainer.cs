using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Machine;
using Underpaint.Networks;
using Underpaint.Training;
using static TorchSharp.torch;

namespace Underpaint.Evaluation.Judging;

/// <summary>Trains a judge. Everything random is derived from (seed, purpose, images seen), as in <see cref="Trainer"/>.</summary>
internal sealed class JudgeTrainer : IDisposable
{
    private const double WarmupShare = 0.1;

    private readonly JudgeOptions _options;
    private readonly JudgeData _data;
    private readonly Device _device;
    private readonly int _outputs;
    private readonly BatchStream _images;
    private readonly Workers _workers;
    private readonly JudgeNetwork _network;
    private readonly Replicas<JudgeNetwork> _replicas;
    private readonly AdamOptimizer _optimizer;
    private long _imagesSeen;

    /// <summary>Starts with fresh weights.</summary>
    /// <param name="data">The images to learn from; their source stays the caller's.</param>
    /// <param name="options">How.</param>
    /// <param name="device">Where to compute.</param>
    public JudgeTrainer(JudgeData data, JudgeOptions options, ComputeDevice device)
    {
        (_data, _options, _device) = (data, options, device.Device);
        _outputs = data.Questions.Sum(question => question.Outputs);
        bool isOfClasses = data.Questions is [{ Kind: QuestionKind.Class }];
        var preparation = new DataOptions { Size = options.Size, Flip = options.Flip && isOfClasses };
        _network = new(options, _outputs, device.Precision);
        _network.Weights.Initialize(options.Seed, _device);
        _workers = Workers.For(device, options.Batch);
        _replicas = new(_network, _workers);
        _optimizer = new(_network.Weights, new() { Batch = options.Batch, WeightDecay = options.WeightDecay }, _workers);
        _images = new(data.Source, preparation, options.Batch, options.Seed);
    }

    /// <summary>Trains from start to end.</summary>
    /// <param name="onStep">Called after each step.</param>
    /// <param name="stop">Stops between steps.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="UnderpaintException">The cost is no longer finite, or not one image can be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public float[] Run(Action<JudgeProgress>? onStep, CancellationToken stop)
    {
        while (_imagesSeen < _options.Images)
        {
            stop.ThrowIfCancellationRequested();
            double cost = Step();
            onStep?.Invoke(new(_imagesSeen, _options.Images, cost));
        }
        return _network.Weights.ToArray();
    }

    /// <summary>Frees the network and the optimiser, and ends the reading of images.</summary>
    public void Dispose()
    {
        _images.Dispose();
        _replicas.Dispose();
        _workers.Dispose();
        _network.Dispose();
        _optimizer.Dispose();
    }

    private double Step()
    {
        using var scope = NewDisposeScope();

        // Draw a batch, and the true answers.
        PixelBatch batch = _images.Next();
        Tensor images = batch.ToTensor(_device);
        double[][] truths = [.. batch.Indices.Select(_data.TruthsOf)];

        // Learn from it, each worker from its share.
        var costs = new double[batch.Count];
        _replicas.Learn(batch.Count, (network, first, count) =>
            Learn(network, images, first, truths.AsSpan(first, count), costs.AsSpan(first, count)));

        // Update weights.
        double norm = _optimizer.GradientNorm();
        if (!double.IsFinite(costs.Sum()) || !double.IsFinite(norm))
            throw new UnderpaintException($"The judge's cost is no longer a number after {_imagesSeen} images.",
                "Try a lower learning rate, or --precision float32.");
        _optimizer.Update(norm, new WeightGroup(0, _network.Weights.Count, LearningRate()));
        _network.Weights.Round();
        _imagesSeen += batch.Count;
        return costs.Average();
    }

    private void Learn(JudgeNetwork network, Tensor images, int first, ReadOnlySpan<double[]> truths, Span<double> costs)
    {
        // A worker's thread has no other scope: what is made before this one is left to the garbage collector.
        using var scope = NewDisposeScope();
        using var tape = Tape.Record();
        Value answers = network.Answers(tape, network.Features(tape, images.narrow(0, first, costs.Length)));
        float[] outputs = answers.Data.detach().cpu().data<float>().ToArray();
        var slopes = new float[outputs.Length];
        int at = 0;
        for (int i = 0; i < costs.Length; i++)
        {
            costs[i] = 0;
            for (int q = 0; q < _data.Questions.Count; at += _data.Questions[q++].Outputs)
            {
                int length = _data.Questions[q].Outputs;
                costs[i] += _data.Questions[q].Cost(outputs.AsSpan(at, length), truths[i][q], slopes.AsSpan(at, length));
            }
        }
        foreach (ref float slope in slopes.AsSpan())
            slope /= images.size(0);
        tape.Backward(answers, tensor(slopes, [costs.Length, _outputs], device: _device));
    }

    // Up over the first tenth, then down to 0, in straight lines.
    private double LearningRate()
    {
        double done = (_imagesSeen + _options.Batch) / (double)(_options.Images + _options.Batch);
        return _options.LearningRate * Math.Min(done / WarmupShare, (1 - done) / (1 - WarmupShare));
    }
}
