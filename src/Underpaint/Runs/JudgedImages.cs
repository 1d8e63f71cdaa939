using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Storage;

namespace Underpaint.Runs;

/// <summary>The images that a model is judged by: those that its run never learnt from, unless others are asked for. Dispose it.</summary>
public sealed class JudgedImages : IDisposable
{
    private readonly IDisposable _opened;

    private JudgedImages(IImageSource source, IDisposable opened, bool areHeldOut, string? warning)
    {
        (Source, _opened, AreHeldOut, Warning) = (source, opened, areHeldOut, warning);
    }

    /// <summary>The images.</summary>
    public IImageSource Source { get; }

    /// <summary>Whether they are the run's own, which it kept out of training.</summary>
    public bool AreHeldOut { get; }

    /// <summary>Why figures on these images flatter the model, as a full sentence; null where nothing is known against them.</summary>
    public string? Warning { get; }

    /// <summary>Opens images to judge a model by.</summary>
    /// <param name="model">A run folder or a model file; a model file in a run's folder belongs to that run.</param>
    /// <param name="path">Whatever <see cref="ImageSources.Open"/> takes; null for what the run held out.</param>
    /// <exception cref="UnderpaintException">There are no images, or the model has no run that knows of any.</exception>
    public static JudgedImages Open(string model, string? path)
    {
        RunFolder? run = RunOf(model);
        RunEnvironment? trained = run is not null && File.Exists(run.EnvironmentFile) ? RunEnvironment.Read(run) : null;
        if (path is not null)
        {
            IImageSource source = ImageSources.Open(path);
            return new(source, source, areHeldOut: false, trained is null ? null : WarningOf(source, trained));
        }
        if (run is null || trained is null)
            throw new UnderpaintException($"{model} does not know its training data, so there are no images that it held out.",
                "Name the images with --data, or give the run's folder.");
        TrainingData data = RunStart.ReopenData(run);
        return new(data.Validation, data, areHeldOut: true, WarningOf(data, trained));
    }

    /// <summary>Closes the images.</summary>
    public void Dispose() => _opened.Dispose();

    /// <summary>The run that a model belongs to; null for a model file without its run.</summary>
    internal static RunFolder? RunOf(string model)
    {
        string? folder = Directory.Exists(model) ? model : Path.GetDirectoryName(Path.GetFullPath(model));
        return folder is not null && RunFolder.IsRun(folder) ? RunFolder.Open(folder) : null;
    }

    /// <summary>Why images flatter a model that was trained so; null where nothing is known against them.</summary>
    internal static string? WarningOf(IImageSource source, RunEnvironment trained) => source.Fingerprint() == trained.DataFingerprint
        ? $"{source.Description}: the model was trained on these images, so they flatter it; without --data it is judged by images that it never saw."
        : null;

    // Which images are held out is drawn from all that are there: one more, and others are.
    private static string? WarningOf(TrainingData data, RunEnvironment trained)
    {
        if (data.ValidationPath is not null)
            return null;
        string? change = trained.DataFingerprint is { } fingerprint && data.Fingerprint() != fingerprint
            ? $"{data.Path} holds other images than in training"
            : trained.HasChangedImages
                ? $"{data.Path} held other images in a part of the training, or others of them were held out"
            : data.Validation.Count != trained.ValidationImages
                ? $"{data.Path} has {data.Validation.Count} images held out now, and had {trained.ValidationImages} in training"
            : null;
        return change is null ? null : $"{change}, so the model may have been trained on some of those held out now.";
    }
}
