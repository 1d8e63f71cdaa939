using TorchSharp;
using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;
using Underpaint.Evaluation.Distances;
using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Perceptual;
using Underpaint.Machine;
using Underpaint.Networks;
using Underpaint.Storage;
using static TorchSharp.torch;

namespace Underpaint.Evaluation.Judging;

/// <summary>
/// A small classifier, trained by us on the images' own classes or known factors. It tells what is in a picture independently of the
/// model that made it, and its features are compared by a Fréchet distance, which is not FID: only distances of the same judge can be
/// compared. Images of any size are resized to the judge's. Dispose it.
/// </summary>
public sealed class Judge : IFeatureNetwork, IDisposable
{
    private const int PixelsAtOnce = 1 << 16;
    private const int FewestImages = 20;

    private readonly JudgeNetwork _network;
    private readonly DataOptions _preparation;

    private Judge(JudgeDescription description, float[] weights, Device device)
    {
        Description = description with { Identity = WeightsIdentity.Of(weights) };
        _preparation = new() { Size = description.Options.Size };
        _network = new(description.Options, description.Questions.Sum(question => question.Outputs));
        _network.Weights.Allocate(device);
        _network.Weights.Load(weights);
    }

    /// <summary>How it was trained, what it answers, and how well.</summary>
    public JudgeDescription Description { get; }

    /// <inheritdoc/>
    public Metric Metric => Outline with
    {
        Definition = $"FD (judge): Fréchet distance on {Length} features of our own classifier {Description.Identity}, trained on {Description.Data} "
            + $"({Description.Quality()}), images resized to {Description.Options.Size}×{Description.Options.Size}; not FID; "
            + "compare equal numbers of images and the same classifier only",
        Version = WeightsIdentity.VersionOf(Description.Identity),
    };

    /// <summary>The metric as far as it does not depend on the judge.</summary>
    internal static Metric Outline { get; } = new()
    {
        Key = "judgeDistance",
        Name = "FD (judge)",
        Aspect = "likeness of the sets",
        Digits = 2,
        Better = Better.Lower,
        Definition = "FD (judge)",
    };

    /// <summary>Numbers per feature vector.</summary>
    public int Length => Description.Options.Features;

    /// <summary>
    /// Trains a judge: on all twelve factors of <see cref="Ornaments"/>, on the classes of any other images. A judge is the same for
    /// the same images, options, machine, precision and number of threads. Nothing is saved.
    /// </summary>
    /// <param name="source">The images; stays open.</param>
    /// <param name="options">How.</param>
    /// <param name="device">Where to compute, and in which precision to train.</param>
    /// <param name="onStep">Called after each step.</param>
    /// <param name="stop">Stops between steps.</param>
    /// <returns>The judge; the caller disposes it.</returns>
    /// <exception cref="UnderpaintException">
    /// The images have fewer than two classes, there are fewer than 20, none can be read, an option is impossible, or the training diverges.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static Judge Train(IImageSource source, JudgeOptions options, ComputeDevice device,
        Action<JudgeProgress>? onStep = null, CancellationToken stop = default)
    {
        if (JudgeRules.Problem(options) is { } problem)
            throw new UnderpaintException(problem, "Change that option.");
        JudgeData data = JudgeData.Of(source);
        int count = data.Source.Count;
        if (count < FewestImages)
            throw new UnderpaintException($"A judge needs at least {FewestImages} images with a class; {source.Description} has {count}.", "Use more images.");
        var (training, heldOut) = data.Split(Math.Min(options.HeldOut, count / 10), options.Seed);
        float[] weights;
        using (var trainer = new JudgeTrainer(training, options, device))
            weights = trainer.Run(onStep, stop);

        var description = new JudgeDescription
        {
            Version = JudgeNetwork.Version,
            Options = options,
            Questions = data.Questions,
            Data = source.Description,
            Fingerprint = source.Fingerprint(),
            TrainingImages = training.Source.Count,
            // Until it is tried on them.
            HeldOutImages = 0,
            Scores = [],
            Precision = device.PrecisionName,
            Threads = device.Threads,
        };
        using var unproven = new Judge(description, weights, device.Device);
        var (scores, judged) = unproven.ScoreOn(heldOut, stop);
        return new(description with { Scores = scores, HeldOutImages = judged }, weights, device.Device);
    }

    /// <summary>The judge of a file, if it was trained on these images with these options; else trains it and writes the file.</summary>
    /// <param name="path">The judge's file.</param>
    /// <param name="source">The images; stays open.</param>
    /// <param name="options">How to train.</param>
    /// <param name="device">Where to compute, and in which precision to train.</param>
    /// <param name="onStep">Called after each step of a training.</param>
    /// <param name="stop">Stops between steps; then nothing is written.</param>
    /// <returns>The judge; the caller disposes it.</returns>
    /// <exception cref="UnderpaintException">
    /// The file is another judge's or damaged or cannot be written; and whatever <see cref="Train"/> may throw.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static Judge LoadOrTrain(string path, IImageSource source, JudgeOptions options, ComputeDevice device,
        Action<JudgeProgress>? onStep = null, CancellationToken stop = default)
    {
        if (File.Exists(path))
        {
            return JudgeFile.Describe(path).Fits(source.Fingerprint(), options)
                ? Load(path, device.Device)
                : throw new UnderpaintException($"{path} is a judge of other images, or was trained with other options.",
                    "Choose another file, or delete this one first.");
        }
        OutputFile.CheckFolder(path);
        Judge judge = Train(source, options, device, onStep, stop);
        try
        {
            judge.Save(path);
            return judge;
        }
        catch
        {
            judge.Dispose();
            throw;
        }
    }

    /// <summary>Loads a judge. libtorch must be loaded.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <param name="device">Where to compute. Default the CPU.</param>
    /// <returns>The judge; the caller disposes it.</returns>
    /// <exception cref="UnderpaintException">The file is missing, damaged, or no judge's.</exception>
    public static Judge Load(string path, Device? device = null)
    {
        var (description, weights) = JudgeFile.Load(path);
        return new(description, weights, device ?? CPU);
    }

    /// <summary>Writes the judge's file, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <exception cref="UnderpaintException">The file cannot be written.</exception>
    public void Save(string path) => JudgeFile.Save(path, Description, _network.Weights);

    /// <summary>Images to features: the layer before the answers.</summary>
    /// <param name="images">Any number, of any size.</param>
    /// <returns>One vector of <see cref="Length"/> numbers after the other.</returns>
    public float[] FeaturesOf(IReadOnlyList<PixelImage> images) => Compute(images, features => features);

    /// <summary>What the judge says about images.</summary>
    /// <param name="images">Any number, of any size.</param>
    /// <returns>For each image the answers, in the order and the units of the description's questions.</returns>
    public double[][] Answer(IReadOnlyList<PixelImage> images)
    {
        float[] outputs = Compute(images, features => _network.Answers(Tape.None, features));
        int length = outputs.Length / Math.Max(1, images.Count);
        return [.. Enumerable.Range(0, images.Count).Select(image => AnswersIn(outputs.AsSpan(image * length, length)))];
    }

    /// <summary>How well the judge answers about images whose classes or factors are known, such as a test set.</summary>
    /// <param name="source">Images with the questions that the judge was trained on; stays open.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <returns>A score for each question.</returns>
    /// <exception cref="UnderpaintException">The images have other classes or factors, or not one can be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public IReadOnlyList<JudgeScore> Score(IImageSource source, CancellationToken stop = default)
    {
        JudgeData data = JudgeData.Of(source);
        bool sameQuestions = data.Questions.Count == Description.Questions.Count && data.Questions.Zip(Description.Questions,
            (a, b) => a.Name == b.Name && a.Kind == b.Kind && a.ClassNames.SequenceEqual(b.ClassNames)).All(same => same);
        return sameQuestions
            ? ScoreOn(data, stop).Scores
            : throw new UnderpaintException($"The judge of {Description.Data} knows other classes than {source.Description} has.",
                "Train a judge on images with the same classes.");
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _network.Dispose();

    private (IReadOnlyList<JudgeScore> Scores, int Images) ScoreOn(JudgeData data, CancellationToken stop)
    {
        var (answers, truths, skipped) = (new List<double[]>(), new List<double[]>(), new List<SkippedImage>());
        foreach (int[] indices in Enumerable.Range(0, data.Source.Count).Chunk(ImagesAtOnce))
        {
            stop.ThrowIfCancellationRequested();
            if (PixelBatch.LoadReadable(data.Source, indices, _preparation, skipped) is not { } batch)
                continue;
            answers.AddRange(Answer([.. Enumerable.Range(0, batch.Count).Select(batch.ToImage)]));
            truths.AddRange(batch.Indices.Select(data.TruthsOf));
        }
        if (answers.Count == 0)
            throw new UnderpaintException($"Not one image of {data.Source.Description} can be read; the first: {skipped[0].Reason}",
                "Check the data with `underpaint inspect`.");
        return ([.. Description.Questions.Select((question, q) =>
            JudgeScore.Of(question, [.. answers.Select(image => image[q])], [.. truths.Select(image => image[q])]))], answers.Count);
    }

    private int ImagesAtOnce => Math.Max(1, PixelsAtOnce / (_preparation.Size * _preparation.Size));

    private float[] Compute(IReadOnlyList<PixelImage> images, Func<Value, Value> last)
    {
        using var noGradients = no_grad();
        var numbers = new List<float>();
        foreach (PixelImage[] some in images.Select(image => ImagePreparation.Prepare(image, _preparation)).Chunk(ImagesAtOnce))
        {
            using var scope = NewDisposeScope();
            using Scalar two = 2, one = 1, minusOne = -1;
            Tensor batch = RgbTensors.Of(some, _network.Weights.Values.device).mul_(two).add_(minusOne, one);
            numbers.AddRange(last(_network.Features(Tape.None, batch)).Data.cpu().data<float>());
        }
        return [.. numbers];
    }

    private double[] AnswersIn(ReadOnlySpan<float> outputs)
    {
        var answers = new double[Description.Questions.Count];
        for (int q = 0, at = 0; q < answers.Length; at += Description.Questions[q++].Outputs)
            answers[q] = Description.Questions[q].Answer(outputs.Slice(at, Description.Questions[q].Outputs));
        return answers;
    }
}
