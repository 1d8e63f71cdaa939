using Underpaint.Codes;
using Underpaint.Codes.Directions;
using Underpaint.Codes.Interpolations;
using Underpaint.Data.Images;
using Underpaint.Diffusion;
using Underpaint.Exchange.Onnx;
using static System.Linq.Enumerable;

namespace Underpaint.Onnx;

/// <summary>
/// A model that Underpaint exported as ONNX: images to codes, and codes back to images, by ONNX Runtime alone. The same seed gives the same pictures as
/// in Underpaint, but for rounding. Safe to use from one thread at a time. Dispose it.
/// </summary>
public sealed class OnnxAutoencoder : IDisposable
{
    // Enough for full speed; larger batches only take memory.
    private const int ChunkSize = 16;

    private readonly OnnxMetadata _metadata;
    private readonly NetworkSession _encoder;
    private readonly NetworkSession _denoiser;
    private readonly string _directionsFile;
    private readonly Lazy<DirectionSet> _directions;

    private OnnxAutoencoder(string folder, int threads)
    {
        _encoder = new(Path.Combine(folder, OnnxNames.EncoderFile), threads);
        try
        {
            _denoiser = new(Path.Combine(folder, OnnxNames.DenoiserFile), threads);
            _metadata = OnnxMetadata.Read(_denoiser.Metadata, Path.Combine(folder, OnnxNames.DenoiserFile));
            string encoderFile = Path.Combine(folder, OnnxNames.EncoderFile);
            ModelIdentity.Check(_metadata.Identity, OnnxMetadata.Read(_encoder.Metadata, encoderFile).Identity, encoderFile);
        }
        catch
        {
            Dispose();
            throw;
        }
        _directionsFile = Path.Combine(folder, OnnxNames.DirectionsFile);
        _directions = new(LoadDirections);
    }

    /// <summary>Width and height of the model's images, in pixels.</summary>
    public int ImageSize => _metadata.ImageSize;

    /// <summary>1 (grey) or 3 (RGB).</summary>
    public int Channels => _metadata.Channels;

    /// <summary>Numbers in a code.</summary>
    public int CodeSize => _metadata.CodeSize;

    /// <summary>SHA-256 of the model's weights, in hexadecimal digits: codes and directions belong to these weights and to no others.</summary>
    public string Identity => _metadata.Identity;

    /// <summary>Whether stochastic codes can be found: not after training at the highest noise only.</summary>
    public bool CanInvert => _metadata.Schedule.Kind != ScheduleKind.HighestNoise;

    /// <summary>Mean and deviation of the model's codes; null where the export did not know them.</summary>
    public CodeStatistics? Statistics => _metadata.Statistics;

    /// <summary>The directions in the folder.</summary>
    /// <exception cref="UnderpaintException">There are none, or they are damaged or another model's.</exception>
    public DirectionSet Directions => _directions.Value;

    /// <summary>Loads a model.</summary>
    /// <param name="folder">A folder that <c>underpaint export --onnx</c> wrote.</param>
    /// <param name="threads">CPU threads to compute with, at least 1; default all.</param>
    /// <exception cref="UnderpaintException">A file is missing, damaged, or was not exported by Underpaint.</exception>
    public static OnnxAutoencoder Load(string folder, int? threads = null)
    {
        if (threads is { } count)
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(threads));
        return new(folder, threads ?? Environment.ProcessorCount);
    }

    /// <summary>Reads an image as the model sees it: upright, resized and cropped. Nothing beyond <see cref="DecodeLimits.Default"/> is decoded.</summary>
    /// <param name="path">A JPEG, PNG, WebP, GIF or BMP file.</param>
    /// <exception cref="FileFormatException">It cannot be read, is no such image, is damaged, or breaks a limit.</exception>
    public PixelImage Read(string path) => Read(ImageFile.Read(path, DecodeLimits.Default), path);

    /// <summary>Decodes an image as the model sees it.</summary>
    /// <param name="encoded">The bytes of a JPEG, PNG, WebP, GIF or BMP file.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="limits">What is refused; <see cref="DecodeLimits.Default"/> when null.</param>
    /// <exception cref="FileFormatException">It is no such image, is damaged, or breaks a limit.</exception>
    public PixelImage Read(ReadOnlySpan<byte> encoded, string name, DecodeLimits? limits = null) => ImageDecoder.Decode(encoded, name, Preparation, limits);

    /// <summary>Images to codes.</summary>
    /// <param name="images">Of any size; they are resized and cropped as the model's training images were.</param>
    /// <returns>A code for each, of <see cref="CodeSize"/> numbers.</returns>
    public IReadOnlyList<float[]> Encode(params IReadOnlyList<PixelImage> images) => [.. EncodeValues(ValuesOf(images)).Chunk(CodeSize)];

    /// <summary>Codes to images.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="options">How.</param>
    /// <returns>An image for each.</returns>
    /// <exception cref="UnderpaintException">A code has another length.</exception>
    public IReadOnlyList<PixelImage> Decode(IReadOnlyList<float[]> codes, DecodeOptions? options = null)
    {
        options ??= new();
        float[] joined = Join(codes);
        return ToImages(DecodeValues(joined, DrawStochasticCodes(codes.Count, options.Seed), options));
    }

    /// <summary>
    /// Moves the codes of images along directions of the folder, and decodes them from the images' own stochastic codes, so that what the code does not say stays as
    /// it is. A model that was trained at the highest noise only has none; there, all start from noise.
    /// </summary>
    /// <param name="images">The images.</param>
    /// <param name="moves">The moves; all are made at once.</param>
    /// <param name="options">How.</param>
    /// <param name="kind">What is followed. Default null: the curves, or where there are none the effects.</param>
    /// <returns>An edited image for each.</returns>
    /// <exception cref="UnderpaintException">The folder has no directions, or not one of this name.</exception>
    public IReadOnlyList<PixelImage> Edit(IReadOnlyList<PixelImage> images, IReadOnlyList<CodeMove> moves, DecodeOptions? options = null,
        DirectionKind? kind = null)
    {
        options ??= new();
        float[] values = ValuesOf(images), codes = EncodeValues(values);
        float[] moved = Directions.Move(codes, moves, kind: kind);
        return ToImages(DecodeValues(moved, StartOf(values, codes, options), options));
    }

    /// <summary>Goes from one image to another: straight between their codes, and along an arc between their stochastic codes.</summary>
    /// <param name="from">The first image.</param>
    /// <param name="to">The last.</param>
    /// <param name="frames">How many pictures, at least 2; the first and the last are reconstructions of the two.</param>
    /// <param name="options">How.</param>
    /// <returns>The pictures.</returns>
    public IReadOnlyList<PixelImage> Interpolate(PixelImage from, PixelImage to, int frames = 9, DecodeOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 2);
        options ??= new();
        float[] values = ValuesOf([from, to]), codes = EncodeValues(values);
        // Without stochastic codes of their own, all pictures start from the same noise.
        float[] ends = CanInvert ? InvertValues(values, codes, options.InversionSteps) : [.. Repeat(DrawStochasticCodes(1, options.Seed), 2).SelectMany(noise => noise)];
        double[] shares = [.. Range(0, frames).Select(frame => frame / (frames - 1.0))];
        float[] between = [.. shares.SelectMany(share => Interpolation.Linear(codes.AsSpan(0, CodeSize), codes.AsSpan(CodeSize), share))];
        float[] start = [.. shares.SelectMany(share => Interpolation.Spherical(ends.AsSpan(0, Pixels), ends.AsSpan(Pixels), share))];
        return ToImages(DecodeValues(between, start, options));
    }

    /// <summary>Frees the graphs.</summary>
    public void Dispose()
    {
        _encoder.Dispose();
        _denoiser?.Dispose();
    }

    /// <summary>Numbers of images, (N, C, H, W) in [−1, 1], to codes, (N, code).</summary>
    internal float[] EncodeValues(float[] images) => InChunks(images.Length / Pixels, CodeSize, (first, count) =>
    {
        var codes = new float[count * CodeSize];
        _encoder.Run([(OnnxNames.Images, Part(images, first, count, Pixels), ImageShape(count))], OnnxNames.Codes, codes, [count, CodeSize]);
        return codes;
    });

    /// <summary>Codes, (N, code), and stochastic codes, (N, C, H, W), to numbers of images.</summary>
    internal float[] DecodeValues(float[] codes, float[] start, DecodeOptions options) =>
        Follow(codes, start, options.Solver, _metadata.Schedule.DecodingLevels(options.Steps, _metadata.Prediction, options.Grid));

    /// <summary>Numbers of images and their codes to stochastic codes.</summary>
    internal float[] InvertValues(float[] images, float[] codes, int steps) =>
        Follow(codes, images, Solver.Ddim, _metadata.Schedule.InversionLevels(steps, _metadata.Prediction));

    /// <summary>What the denoiser says.</summary>
    internal void Predict(float[] noisy, float time, float[] codes, float[] prediction)
    {
        int count = codes.Length / CodeSize;
        float[] times = [.. Repeat(time, count)];
        _denoiser.Run([(OnnxNames.Noisy, noisy, ImageShape(count)), (OnnxNames.Times, times, [count]), (OnnxNames.Codes, codes, [count, CodeSize])],
            OnnxNames.Prediction, prediction, ImageShape(count));
    }

    /// <summary>Random stochastic codes, those that Underpaint draws for the same seed.</summary>
    internal float[] DrawStochasticCodes(int count, long seed) =>
        [.. Range(0, count).SelectMany(image => TorchNormal.Draw(RandomSource.SeedOf(seed, "stochastic code", image), Pixels))];

    private int Pixels => Channels * ImageSize * ImageSize;

    private DataOptions Preparation => new() { Size = ImageSize, Color = Channels == 1 ? ColorMode.Grey : ColorMode.Rgb, Crop = _metadata.Crop };

    private long[] ImageShape(int count) => [count, Channels, ImageSize, ImageSize];

    private float[] Follow(float[] codes, float[] start, Solver solver, IReadOnlyList<NoiseLevel> levels) =>
        InChunks(codes.Length / CodeSize, Pixels, (first, count) =>
        {
            float[] ofChunk = Part(codes, first, count, CodeSize);
            return PlainSolver.Follow(solver, (noisy, level, output) => Predict(noisy, (float)level.Time, ofChunk, output),
                _metadata.Prediction, Part(start, first, count, Pixels), levels);
        });

    private float[] StartOf(float[] images, float[] codes, DecodeOptions options) => CanInvert
        ? InvertValues(images, codes, options.InversionSteps)
        : DrawStochasticCodes(images.Length / Pixels, options.Seed);

    private float[] ValuesOf(IReadOnlyList<PixelImage> images) =>
        [.. images.SelectMany(image => ImagePreparation.Prepare(image, Preparation).ToValues())];

    private PixelImage[] ToImages(float[] values) =>
        [.. Range(0, values.Length / Pixels).Select(i => new ReadOnlySpan<float>(values, i * Pixels, Pixels).ToImage(ImageSize, Channels))];

    private float[] Join(IReadOnlyList<float[]> codes)
    {
        if (codes.FirstOrDefault(code => code.Length != CodeSize) is { } wrong)
            throw new UnderpaintException($"A code has {wrong.Length} numbers; this model's have {CodeSize}.", "Use codes that this model made.");
        return [.. codes.SelectMany(code => code)];
    }

    private DirectionSet LoadDirections()
    {
        if (!File.Exists(_directionsFile))
            throw new UnderpaintException($"There is no {_directionsFile}.", "Export the model with --directions to edit images with it.");
        DirectionSet directions = DirectionSet.Load(_directionsFile);
        directions.Check(Identity, _directionsFile);
        return directions;
    }

    private static float[] Part(float[] all, int first, int count, int length) => all[(first * length)..((first + count) * length)];

    private static float[] InChunks(int total, int length, Func<int, int, float[]> compute)
    {
        var all = new float[total * length];
        for (int first = 0; first < total; first += ChunkSize)
            compute(first, Math.Min(ChunkSize, total - first)).CopyTo(all, first * length);
        return all;
    }
}
