using Underpaint.Codes.Files;
using Underpaint.Data;
using Underpaint.Data.Sources;
using static TorchSharp.torch;

namespace Underpaint.Codes;

/// <summary>
/// Encodes images into a code file. What is done is kept in a file beside it (<c>codes.safetensors.part</c>), so that the same call goes on after
/// an interruption. Memory grows with the number of images that cannot be read, and with no other.
/// </summary>
public static class CodeEncoder
{
    private const int BatchSize = 64;
    private const int NoLabel = -1;

    /// <summary>Encodes images. If the file is there already, from the same model, images and options, nothing is done.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">The images; stays open.</param>
    /// <param name="path">The code file; its ending says in which format. Its folder must exist.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told how many images of the share are done: at first those that an earlier call did.</param>
    /// <param name="stop">Stops between batches, and while the file is written; what was done is kept.</param>
    /// <returns>What came of it. The file of a shard of which not one image can be read holds no codes: others have some, and it is a part of the whole.</returns>
    /// <exception cref="UnderpaintException">
    /// Not one of all images can be read, the disk that they are on fails (what was done is kept), there are more shards than batches, the model
    /// cannot be inverted, the file has no room for the images' names, or a file cannot be written.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static EncodingResult Run(DiffusionAutoencoder model, IImageSource source, string path, EncodingOptions options,
        Action<int>? progress = null, CancellationToken stop = default)
    {
        CodeFile.CheckKind(path);
        CheckInversion(model, options);
        CodeOrigin origin = OriginOf(model, source, options);
        // As long as there is a part, the file may be one that a crash left unfinished.
        if (!File.Exists(PartOf(path)) && CodeDestination.Find(path, origin) is { } there)
            return new(path, there, origin.End - origin.First - there, []);

        CodeFile.CheckNames(path, Enumerable.Range(origin.First, origin.End - origin.First).Select(source.NameOf));
        var skipped = new List<SkippedImage>();
        using CodeJournal journal = CodeJournal.Open(PartOf(path), CodeHeader.Unfinished(origin, source.LabelNames));
        progress?.Invoke(journal.Next - origin.First);
        while (journal.Next < origin.End)
        {
            stop.ThrowIfCancellationRequested();
            int end = Math.Min(journal.Next + BatchSize, origin.End);
            journal.Add(Encode(model, source, Enumerable.Range(journal.Next, end - journal.Next), options, skipped), end);
            progress?.Invoke(journal.Next - origin.First);
        }
        if (journal.Count == 0 && origin.IsWhole)
        {
            journal.Delete();
            throw new UnderpaintException(
                $"Not one of these images of {source.Description} can be read{(skipped is [var first, ..] ? $"; the first: {first.Reason}" : ".")}",
                "Check the data with `underpaint inspect`.");
        }
        CodeFile.Write(path, journal, stop);
        journal.Delete();
        return new(path, journal.Count, origin.End - origin.First - journal.Count, skipped);
    }

    /// <summary>How many images a call with these options is about.</summary>
    /// <param name="source">The images.</param>
    /// <param name="options">The options.</param>
    public static int CountOf(IImageSource source, EncodingOptions options)
    {
        (_, int first, int end) = RangeOf(source, options);
        return end - first;
    }

    /// <summary>The file that keeps what is done while the code file is not finished.</summary>
    /// <param name="path">The code file.</param>
    public static string PartOf(string path) => path + ".part";

    private static void CheckInversion(DiffusionAutoencoder model, EncodingOptions options)
    {
        if (options.InversionSteps is not null && !model.CanInvert)
            throw new UnderpaintException("This model was trained at the highest noise only, so there are no stochastic codes to be found.",
                "Encode without stochastic codes, or use a model with a detail phase.");
    }

    private static CodeOrigin OriginOf(DiffusionAutoencoder model, IImageSource source, EncodingOptions options)
    {
        (int images, int first, int end) = RangeOf(source, options);
        return new()
        {
            Model = model.Identity,
            CodeSize = model.CodeSize,
            ImageSize = model.ImageSize,
            Channels = model.Channels,
            Data = source.Description,
            Fingerprint = source.Fingerprint(),
            Labels = LabelsOf(source),
            Images = images,
            First = first,
            End = end,
            InversionSteps = options.InversionSteps,
            Precision = model.Precision,
        };
    }

    private static (int Images, int First, int End) RangeOf(IImageSource source, EncodingOptions options)
    {
        int images = Math.Min(options.Limit ?? source.Count, source.Count);
        var (first, end) = options.Shard.Of(images, BatchSize, "images");
        return (images, first, end);
    }

    // Images' fingerprints leave their classes out.
    private static string LabelsOf(IImageSource source)
    {
        using var hash = new SourceHash("labels");
        hash.Add(source.LabelNames.Count);
        foreach (string name in source.LabelNames)
            hash.Add(name);
        for (int i = 0; i < source.Count; i++)
            hash.Add(source.LabelOf(i) ?? NoLabel);
        return hash.Finish();
    }

    /// <summary>Encodes one batch; images that cannot be read are left out.</summary>
    internal static CodeRows Encode(
        DiffusionAutoencoder model, IImageSource source, IEnumerable<int> indices, EncodingOptions options, List<SkippedImage> skipped)
    {
        if (PixelBatch.LoadReadable(source, indices, model.Recipe.Data, skipped) is not { } batch)
            return new() { Indices = [], Files = [], Labels = [], Codes = [] };
        using ImageBatch images = ImageBatch.From(batch);
        using CodeBatch codes = model.Encode(images);
        using StochasticCodeBatch? inverted = options.InversionSteps is int steps ? model.Invert(images, codes, steps) : null;
        return new()
        {
            Indices = batch.Indices,
            Files = [.. batch.Indices.Select(source.NameOf)],
            Labels = [.. batch.Indices.Select(index => source.LabelOf(index) ?? NoLabel)],
            Codes = ToFinite(codes.Tensor),
            StochasticCodes = inverted is null ? [] : ToFinite(inverted.Tensor),
        };
    }

    private static float[] ToFinite(Tensor tensor)
    {
        float[] values = tensor.ToArray();
        return Array.TrueForAll(values, float.IsFinite)
            ? values
            : throw new UnderpaintException("The model makes codes with numbers that are not finite.",
                "Its training has failed: look at the run's report, and use an earlier checkpoint.");
    }
}
