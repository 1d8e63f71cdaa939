using System.Text.Json;
using System.Text.Json.Nodes;
using Underpaint.Data;
using Underpaint.Machine;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>
/// A run from start to end: trains, measures, looks at the validation images and saves, in one folder. Interrupted at any
/// point, it goes on from its last checkpoint with the same bits. One process at a time.
/// </summary>
public sealed class TrainingRun : IDisposable
{
    // Lines of metrics over a whole run: enough for smooth curves, few enough to read at once.
    private const int Ticks = 500;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly RunLock _lock;
    private readonly BatchStream _images;
    private readonly Trainer _trainer;
    private readonly ValidationPanel _panel;
    private readonly CheckpointStore _checkpoints;
    private readonly MetricsLog _metrics;
    private readonly TickMeter _meter;
    private readonly List<string> _notes = [];

    /// <summary>Opens a run: a new one, or one that was interrupted and now goes on from its newest valid checkpoint.</summary>
    /// <param name="folder">The run's folder, with its recipe.</param>
    /// <param name="data">The images; stay the caller's.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="time">The clock that speed is measured with. Default the system's.</param>
    /// <exception cref="UnderpaintException">Another process writes to the run, or its files cannot be used.</exception>
    public TrainingRun(RunFolder folder, TrainingData data, ComputeDevice device, TimeProvider? time = null)
    {
        Folder = folder;
        _lock = RunLock.Acquire(folder);
        try
        {
            Recipe = RunStart.ReadRecipe(folder);
            _checkpoints = new(folder.CheckpointsFolder, Recipe.Checkpoint.Keep);
            CheckpointSearch search = _checkpoints.FindNewest();
            StartedAt = search.Newest?.ImagesSeen ?? 0;
            Environment = RunEnvironment.Of(data, device);
            NoteWhatChanged(search);
            Environment.Write(folder);

            _images = new(data.Training, Recipe.Data, Recipe.Optimizer.Batch, Recipe.Seed, StartedAt);
            _trainer = new(Recipe, _images, device);
            _panel = new(data.Validation, Recipe);
            _meter = new(time ?? TimeProvider.System);
            if (search.Newest is { } newest)
                TrainerState.Restore(_trainer, newest);
            _metrics = new(folder.MetricsFile);
            _metrics.Truncate(StartedAt);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where the run is kept.</summary>
    public RunFolder Folder { get; }

    /// <summary>The recipe.</summary>
    public Recipe Recipe { get; }

    /// <summary>What the run runs on.</summary>
    public RunEnvironment Environment { get; }

    /// <summary>Images seen when this process took the run up; 0 for a new run.</summary>
    public long StartedAt { get; }

    /// <summary>How far the training is.</summary>
    public long ImagesSeen => _trainer.ImagesSeen;

    /// <summary>Where the phases begin and end.</summary>
    public PhasePlan Plan => _trainer.Plan;

    /// <summary>Images that could not be read so far.</summary>
    public IReadOnlyList<SkippedImage> Skipped => _images.Skipped;

    /// <summary>Trains to the end of the recipe, or until stopped; either way the last step is saved.</summary>
    /// <param name="observer">Who watches.</param>
    /// <param name="stop">Ends the training after the step under way.</param>
    /// <returns>True if the recipe is complete; false if it was stopped.</returns>
    /// <exception cref="UnderpaintException">The loss is no longer finite, the images cannot be read, or the disk is full.</exception>
    public bool Train(ITrainingObserver observer, CancellationToken stop = default)
    {
        var unreported = new System.Collections.Concurrent.ConcurrentQueue<SkippedImage>();
        _images.ImageSkipped += unreported.Enqueue;
        observer.Started(this);
        _notes.ForEach(observer.Noted);
        _meter.Reset();

        while (ImagesSeen < Plan.End && !stop.IsCancellationRequested)
        {
            PhaseSpan phase = Plan.At(ImagesSeen);
            StepReport step = _trainer.Step();
            _meter.Add(step);
            observer.Stepped(step);
            while (unreported.TryDequeue(out SkippedImage? image))
                observer.Skipped(image);

            bool last = ImagesSeen == phase.End;
            if (last || Passed(Plan.End / Ticks))
                Append(_meter.Take(step));
            if (last || Passed(Recipe.Validation.Every))
                Validate(observer, phase.Name);
            if (last || Passed(Recipe.Checkpoint.Every) || stop.IsCancellationRequested)
                Save(observer);
        }
        return ImagesSeen >= Plan.End;
    }

    /// <summary>Frees the networks and lets other processes write to the run.</summary>
    public void Dispose()
    {
        // Some may be missing: the constructor cleans up after itself when it fails half-way.
        _panel?.Dispose();
        _trainer?.Dispose();
        _images?.Dispose();
        _lock.Dispose();
    }

    /// <summary>Whether the step just made crossed a multiple of an interval.</summary>
    private bool Passed(long every) => every > 0 && (ImagesSeen / every) != ((ImagesSeen - Recipe.Optimizer.Batch) / every);

    private void Validate(ITrainingObserver observer, string phase)
    {
        using var model = new DiffusionAutoencoder(_trainer.Average, Recipe, ImagesSeen, ownsNetwork: false);
        ValidationPictures pictures = _panel.Look(model);
        ValidationRecord record = _panel.Measure(pictures, ImagesSeen, phase);
        RunPictures.Write(Folder, ImagesSeen, _panel.Originals, pictures);
        Append(record);
        observer.Validated(record);
        _meter.Reset();
    }

    private void Save(ITrainingObserver observer)
    {
        if (_checkpoints.Save(ImagesSeen, TrainerState.Parts(_trainer)) is { } problem)
            observer.Noted(problem);
        ModelFile.Save(Folder.ModelFile, _trainer.Average, Recipe, ImagesSeen);
        using (var model = new DiffusionAutoencoder(_trainer.Average, Recipe, ImagesSeen, ownsNetwork: false))
            new RunReporter(this, model, _panel).Write();
        observer.Saved(ImagesSeen);
        _meter.Reset();
    }

    private void Append<T>(T record) => _metrics.Append((JsonObject)JsonSerializer.SerializeToNode(record, Json)!);

    private void NoteWhatChanged(CheckpointSearch search)
    {
        foreach (RejectedCheckpoint rejected in search.Rejected)
            _notes.Add($"The checkpoint {rejected.Folder} is not used: {rejected.Reason}");
        if (search.Rejected.Count > 0)
            _notes.Add(search.Newest is null ? "There is no other; training starts again." : $"The older one at {StartedAt} images is used instead.");
        if (StartedAt == 0 || !File.Exists(Folder.EnvironmentFile))
            return;
        string[] differences = [.. Environment.DifferencesFrom(RunEnvironment.Read(Folder))];
        if (differences.Length > 0)
            _notes.Add($"The result will not be bit for bit that of an uninterrupted run: {string.Join("; ", differences)}.");
    }
}
