using Underpaint.Diffusion;
using Underpaint.Kernels;
using Underpaint.Machine;
using Underpaint.Networks;
using Underpaint.Storage;
using Underpaint.Training;
using static TorchSharp.torch;

namespace Underpaint;

/// <summary>
/// A trained model, ready for use: images to codes, and codes back to images. Decoding follows the schedule and the
/// prediction of the phase that the model was last trained in. Threads may share it: one computes with all of the model's threads while the others wait. Dispose it
/// when none uses it any more.
/// </summary>
public sealed class DiffusionAutoencoder : IDisposable
{
    // Enough for full speed; larger batches only take memory.
    private const int MostInChunk = 32;

    // Of one activation of a chunk, in float32; there are several at once.
    private const long MostBytesInChunk = 1 << 30;

    private readonly AutoencoderNetwork _network;
    private readonly Device _device;
    private readonly Workers _workers;
    private readonly bool _ownsNetwork, _ownsWorkers;
    private readonly Phase _phase;
    private readonly BatchShape _shape;
    private readonly int _chunkSize;
    private readonly Lazy<string> _identity;

    /// <summary>Wraps a network, with its weights as they are now.</summary>
    /// <param name="network">The network, with its weights.</param>
    /// <param name="recipe">The recipe that it was trained with.</param>
    /// <param name="imagesSeen">How far the training is.</param>
    /// <param name="threads">CPU threads to compute with, at least 1; null leaves the choice to libtorch. Default null.</param>
    /// <param name="ownsNetwork">Whether disposing the model disposes the network. Default true.</param>
    public DiffusionAutoencoder(AutoencoderNetwork network, Recipe recipe, long imagesSeen, int? threads = null, bool ownsNetwork = true)
        : this(network, recipe, imagesSeen, WorkersFor(network, threads)) => (_ownsNetwork, _ownsWorkers) = (ownsNetwork, true);

    /// <summary>Wraps a network that is being trained, and computes with its training's threads; both stay the caller's.</summary>
    /// <remarks>Threads of its own would leave behind what each of them had allocated: glibc keeps that for threads to come.</remarks>
    internal DiffusionAutoencoder(AutoencoderNetwork network, Recipe recipe, long imagesSeen, Workers workers)
    {
        (_network, Recipe, ImagesSeen, _workers) = (network, recipe, imagesSeen, workers);
        _phase = new PhasePlan(recipe).Before(imagesSeen).Phase;
        _shape = new(network.ImageChannels, network.ImageSize, network.Options.Code);
        _chunkSize = ChunkSize(network.Options, network.ImageSize);
        network.Weights.Round();
        _device = network.Weights.Values.device;
        _identity = new(() => RecipeIdentity.Of(recipe, imagesSeen, NumberHash.Of(network.Weights.ToArray())));
    }

    /// <summary>The recipe that the model was trained with.</summary>
    public Recipe Recipe { get; }

    /// <summary>How many images it was trained on.</summary>
    public long ImagesSeen { get; }

    /// <summary>
    /// Which model it is, in 64 hexadecimal digits: a SHA-256 of its weights and of what in its recipe changes its codes or pictures (sizes, heads, crop, how it
    /// decodes). Codes and directions belong to this model and to no other.
    /// </summary>
    public string Identity => _identity.Value;

    /// <summary>What it computes in, "float32" or "bfloat16": the same image gives a slightly different code in each.</summary>
    public string Precision => ComputeDevice.NameOf(_network.Precision);

    /// <summary>Width and height of the model's images, in pixels.</summary>
    public int ImageSize => _network.ImageSize;

    /// <summary>1 (grey) or 3 (RGB).</summary>
    public int Channels => _network.ImageChannels;

    /// <summary>Numbers in a code.</summary>
    public int CodeSize => _network.Options.Code;

    /// <summary>Whether stochastic codes can be found: not after training at the highest noise only.</summary>
    public bool CanInvert => _phase.Schedule.Kind != ScheduleKind.HighestNoise;

    /// <summary>Loads a model.</summary>
    /// <param name="path">A model file, or a run folder, whose model file is taken.</param>
    /// <param name="device">"auto", "cpu" or "cuda". Default "auto".</param>
    /// <param name="precision">"float32", "bfloat16" or "auto": see <see cref="ComputeDevice.Choose"/>. Default "auto".</param>
    /// <exception cref="UnderpaintException">The file is missing, damaged, or no model of Underpaint.</exception>
    public static DiffusionAutoencoder Load(string path, string device = "auto", string precision = "auto") =>
        ModelFile.Load(path, ComputeDevice.Choose(device, precision));

    /// <summary>Images to codes.</summary>
    /// <param name="images">(N, C, H, W) in [−1, 1], of <see cref="ImageSize"/>.</param>
    /// <returns>(N, code); the caller disposes it.</returns>
    /// <exception cref="UnderpaintException">The images are of another size or have other channels.</exception>
    public CodeBatch Encode(ImageBatch images)
    {
        _shape.Check(images);
        return new(InChunks(images.Count, (start, count) => _network.Encode(Chunk(images.Tensor, start, count))));
    }

    /// <summary>How many network calls decoding makes for each image: after training at the highest noise only, always one.</summary>
    /// <param name="steps">The calls asked for, at least 1.</param>
    public int CallsIn(int steps) => _phase.Schedule.DecodingLevels(steps, _phase.Predict, StandardDecoding.Grid).Count - 1;

    /// <summary>Codes to images, starting from random noise or from given stochastic codes.</summary>
    /// <param name="codes">(N, code).</param>
    /// <param name="steps">Network calls for each image, at least 1. Default 10.</param>
    /// <param name="seed">Seed of the noise; image i's noise depends on (seed, i) only. Default 0.</param>
    /// <param name="start">Stochastic codes to start from instead of noise; stay the caller's.</param>
    /// <param name="solver">How decoding gets from one noise level to the next. Default <see cref="StandardDecoding.Solver"/>.</param>
    /// <param name="grid">Where the noise levels lie. Default <see cref="StandardDecoding.Grid"/>.</param>
    /// <returns>(N, C, H, W) in [−1, 1]; the caller disposes it.</returns>
    /// <exception cref="UnderpaintException">The codes or stochastic codes do not fit the model or each other.</exception>
    public ImageBatch Decode(CodeBatch codes, int steps = StandardDecoding.Steps, long seed = 0, StochasticCodeBatch? start = null,
        Solver solver = StandardDecoding.Solver, TimeGrid? grid = null)
    {
        _shape.Check(codes, codes.Count);
        var levels = _phase.Schedule.DecodingLevels(steps, _phase.Predict, grid ?? StandardDecoding.Grid);
        using StochasticCodeBatch? noise = start is null ? DrawStochasticCodes(codes.Count, seed) : null;
        StochasticCodeBatch from = start ?? noise!;
        _shape.Check(from, codes.Count);
        return new(InChunks(codes.Count, (first, count) => solver.Follow(
            Denoiser(Chunk(codes.Tensor, first, count)), _phase.Predict, Chunk(from.Tensor, first, count), levels)));
    }

    /// <summary>Random stochastic codes. On the CPU whatever the device, so that the same seed gives the same picture everywhere.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed. Default 0.</param>
    /// <param name="first">The number of the first; code i depends on (seed, first + i) only. Default 0.</param>
    /// <returns>(N, C, H, W), standard normal; the caller disposes it.</returns>
    public StochasticCodeBatch DrawStochasticCodes(int count, long seed = 0, long first = 0) => Draw(count, seed, i => first + i);

    /// <summary>Random stochastic codes of some images: each has its own, whichever others it is drawn with.</summary>
    /// <param name="images">The images' numbers, at least one; code i depends on (seed, images[i]) only.</param>
    /// <param name="seed">The seed. Default 0.</param>
    /// <returns>(N, C, H, W), standard normal; the caller disposes it.</returns>
    public StochasticCodeBatch DrawStochasticCodes(IReadOnlyList<int> images, long seed = 0) => Draw(images.Count, seed, i => images[i]);

    /// <summary>
    /// The structure images: what one network call at the highest noise makes of the codes. What further steps add is detail.
    /// </summary>
    /// <param name="codes">(N, code).</param>
    /// <param name="seed">Seed of the noise. Default 0.</param>
    /// <returns>(N, C, H, W) in [−1, 1]; the caller disposes it.</returns>
    public ImageBatch StructureImages(CodeBatch codes, long seed = 0) => Decode(codes, steps: 1, seed);

    /// <summary>Finds the stochastic codes from which decoding gives the images back (DDIM run upwards).</summary>
    /// <param name="images">(N, C, H, W) in [−1, 1], of <see cref="ImageSize"/>.</param>
    /// <param name="codes">Their codes.</param>
    /// <param name="steps">Network calls for each image, at least 1; more are more exact. Default 100.</param>
    /// <returns>(N, C, H, W); the caller disposes it.</returns>
    /// <exception cref="UnderpaintException">The images or codes do not fit the model or each other, or it was trained at the highest noise only.</exception>
    public StochasticCodeBatch Invert(ImageBatch images, CodeBatch codes, int steps = 100)
    {
        _shape.Check(images);
        _shape.Check(codes, images.Count);
        var levels = _phase.Schedule.InversionLevels(steps, _phase.Predict);
        return new(InChunks(images.Count, (first, count) => Ddim.Follow(
            Denoiser(Chunk(codes.Tensor, first, count)), _phase.Predict, Chunk(images.Tensor, first, count), levels)));
    }

    /// <summary>What a single network call makes of noisy images: how well the model knows the image behind the noise.</summary>
    /// <param name="images">(N, C, H, W) in [−1, 1], of <see cref="ImageSize"/>.</param>
    /// <param name="codes">Their codes.</param>
    /// <param name="noise">The noise that is laid on them, (N, C, H, W).</param>
    /// <param name="share">How much: see <see cref="NoiseLevel.Share"/>; the nearest level of the model's schedule is taken.</param>
    /// <returns>(N, C, H, W), not clamped; null where the model was trained at no such level. The caller disposes it.</returns>
    /// <exception cref="UnderpaintException">The images, codes or noise do not fit the model or each other.</exception>
    public ImageBatch? Denoise(ImageBatch images, CodeBatch codes, StochasticCodeBatch noise, double share)
    {
        _shape.Check(images);
        _shape.Check(codes, images.Count);
        _shape.Check(noise, images.Count);
        if (_phase.Schedule.Nearest(share, _phase.Predict) is not { } level)
            return null;
        return new(InChunks(images.Count, (first, count) =>
        {
            Tensor noisy = TensorArithmetic.Mix(level.Alpha, Chunk(images.Tensor, first, count), level.Sigma, Chunk(noise.Tensor, first, count));
            Tensor output = Denoiser(Chunk(codes.Tensor, first, count))(noisy, level);
            return _phase.Predict.ImageFrom(output, noisy, level);
        }));
    }

    /// <summary>Ends its threads, and frees the network if the model owns it.</summary>
    public void Dispose()
    {
        if (_ownsWorkers)
            _workers.Dispose();
        if (_ownsNetwork)
            _network.Dispose();
    }

    /// <summary>How many images are computed at once: fewer of those that need much memory.</summary>
    internal static int ChunkSize(ModelOptions options, int imageSize) =>
        (int)Math.Clamp(MostBytesInChunk / (ActivationSize.LargestOf(options, imageSize) * sizeof(float)), 1, MostInChunk);

    private static Workers WorkersFor(AutoencoderNetwork network, int? threads) =>
        Workers.For(new(network.Weights.Values.device, network.Precision, threads ?? TorchLibrary.DefaultThreads), MostInChunk);

    private Denoiser Denoiser(Tensor codes) =>
        (noisy, level) => _network.Predict(noisy, tensor([.. Enumerable.Repeat((float)level.Time, (int)noisy.size(0))], device: _device), codes);

    private StochasticCodeBatch Draw(int count, long seed, Func<int, long> numberOf) =>
        new(InChunks(count, (start, length) => stack(Enumerable.Range(start, length).Select(i => GaussianNoise.Draw(
            RandomSource.SeedOf(seed, "stochastic code", numberOf(i)), [_network.ImageChannels, ImageSize, ImageSize], CPU)))));

    private Tensor Chunk(Tensor all, int first, int count) => all.narrow(0, first, count).to(_device);

    // Divided among the workers, and a chunk at a time within each.
    private Tensor InChunks(int total, Func<int, int, Tensor> compute)
    {
        if (total == 0)
            throw new UnderpaintException("The batch is empty.", "Give one image or code at least.");
        var chunks = new SortedList<int, Tensor>();
        _workers.Run(total, (_, start, count) =>
        {
            using var noGradients = no_grad();
            for (int first = start; first < start + count; first += _chunkSize)
            {
                using var scope = NewDisposeScope();
                Tensor chunk = compute(first, Math.Min(_chunkSize, start + count - first)).DetachFromDisposeScope();
                lock (chunks)
                    chunks.Add(first, chunk);
            }
        });
        using (var scope = NewDisposeScope())
        {
            scope.Attach(chunks.Values);
            return cat([.. chunks.Values], 0).MoveToOuterDisposeScope();
        }
    }
}
