using System.Text.Json;
using System.Text.Json.Nodes;
using Underpaint.Data;
using Underpaint.Data.Sources;
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

    private const string Unharmed = "Training goes on.";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly RunLock _lock;
    private readonly BatchStream _images;
    private readonly ValidationPanel _panel;
    private readonly MetricsLog _metrics;
    private readonly TensorBoardLog _events;
    private readonly TickMeter _meter;
    private readonly ImageWait _wait;
    private readonly RunSaver _saver;
    private readonly IFiles _files;
    private readonly LossWatch _losses = new();
    private readonly IReadOnlyList<string> _notes = [];

    /// <summary>Opens a run: a new one, or one that was interrupted and now goes on from its newest valid checkpoint.</summary>
    /// <param name="folder">The run's folder, with its recipe.</param>
    /// <param name="data">The images; stay the caller's.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="time">The clock that speed and waiting are measured with. Default the system's.</param>
    /// <exception cref="UnderpaintException">Another process writes to the run, its files cannot be used, or it has a model and has lost its
    /// checkpoints.</exception>
    public TrainingRun(RunFolder folder, TrainingData data, ComputeDevice device, TimeProvider? time = null)
        : this(folder, data, device, time ?? TimeProvider.System, Disk.Instance)
    {
    }

    internal TrainingRun(RunFolder folder, TrainingData data, ComputeDevice device, TimeProvider time, IFiles files)
    {
        (Folder, _files) = (folder, files);
        _lock = RunLock.Acquire(folder);
        try
        {
            Recipe = RunStart.ReadRecipe(folder);
            var checkpoints = new CheckpointStore(folder.CheckpointsFolder, Recipe.Checkpoint.Keep, files);
            CheckpointSearch search = RunStart.FindCheckpoint(folder, checkpoints);
            checkpoints.RemoveLeftovers();
            StartedAt = search.Newest?.ImagesSeen ?? 0;
            Environment = EnvironmentSince(search.Newest, data, device);
            _notes = [.. NotesOn(search), .. NotesOn(Environment, search)];
            // Until there is a save, this is where a later process finds the images; afterwards that is for saves to change.
            if (!File.Exists(folder.EnvironmentFile))
                Environment.Write(folder);

            _images = new(data.Training, Recipe.Data, Recipe.Optimizer.Batch, Recipe.Seed, StartedAt);
            Trainer = new(Recipe, _images, device);
            Space = RunSpace.Of(Trainer.Network.Weights.Count, Recipe);
            _panel = new(data.Validation, Recipe);
            _meter = new(time);
            if (search.Newest is { } newest)
                TrainerState.Restore(Trainer, newest);
            else if (Recipe.Start is { } start)
                RunStartModel.Load(Trainer, folder, start);
            _metrics = new(folder.MetricsFile, files);
            _metrics.Truncate(StartedAt);
            _events = new(folder, StartedAt, time, files);
            _wait = new(_images, time);
            _saver = new(this, _panel, checkpoints, time, files);
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

    /// <summary>What its saves take on the disk, about.</summary>
    public RunSpace Space { get; }

    /// <summary>Images seen when this process took the run up; 0 for a new run.</summary>
    public long StartedAt { get; }

    /// <summary>How far the training is.</summary>
    public long ImagesSeen => Trainer.ImagesSeen;

    /// <summary>Where the phases begin and end.</summary>
    public PhasePlan Plan => Trainer.Plan;

    /// <summary>Whether every save but that of a run that is stopped also makes the report anew.</summary>
    internal bool MakesReports { get; init; } = true;

    /// <summary>The state that training changes.</summary>
    internal Trainer Trainer { get; }

    /// <summary>Images that could not be read so far.</summary>
    public IReadOnlyList<SkippedImage> Skipped => _images.Skipped;

    /// <summary>
    /// Trains to the end of the recipe, or until stopped; either way the last step is saved. A disk that fails on the way costs the
    /// files that it failed for and not the training; one that fails at the end is waited for, however long, and <paramref name="stop"/> does not end that.
    /// </summary>
    /// <param name="observer">Who watches.</param>
    /// <param name="stop">Ends the training after the step under way.</param>
    /// <returns>True if the recipe is complete; false if it was stopped.</returns>
    /// <exception cref="UnderpaintException">The loss or the weights are no longer numbers, the images cannot be read or do not
    /// come, or the model of a run that was at its end already cannot be written; the newest checkpoint is kept.</exception>
    public bool Train(ITrainingObserver observer, CancellationToken stop = default)
    {
        var unreported = new System.Collections.Concurrent.ConcurrentQueue<SkippedImage>();
        _images.ImageSkipped += unreported.Enqueue;
        observer.Started(this);
        if (Recipe.Start is { } start && StartedAt == 0)
            RunSaver.Try(observer, () => RunStartModel.Record(_metrics, start), () => Unharmed);
        foreach (string note in _notes)
            observer.Noted(note);
        _saver.LookAtStart(observer);
        if (ImagesSeen == Plan.End && RunStart.ModelPosition(Folder) != ImagesSeen)
            _saver.WriteProducts(observer);
        _meter.SkipTime();

        while (ImagesSeen < Plan.End && HaveImages(observer, stop))
        {
            PhaseSpan phase = Plan.At(ImagesSeen);
            StepReport step = Step();
            _meter.Add(step);
            observer.Stepped(step);
            while (unreported.TryDequeue(out SkippedImage? image))
                observer.Skipped(image);
            LookForSpike(observer, step);

            bool last = ImagesSeen == phase.End, saves = ImagesSeen < Plan.End && (last || Passed(Recipe.Checkpoint.Every));
            // A run that goes on from a checkpoint begins its means anew there; so does one that does not.
            if (last || saves || Passed(Plan.End / Ticks))
                Tick(observer);
            if (last || Passed(Recipe.Validation.Every))
                Validate(observer, phase.Name);
            // Before the checkpoint of the same position: a run goes on after that one, and would not come by here again.
            if (MilestonesJustPassed.Any())
                KeepModels(observer);
            if (saves)
                Save(observer);
        }
        if (ImagesSeen > _saver.LastSaved)
            SaveLast(observer);
        return ImagesSeen == Plan.End;
    }

    /// <summary>Frees the networks and lets other processes write to the run.</summary>
    public void Dispose()
    {
        // Some may be missing: the constructor cleans up after itself when it fails half-way.
        _panel?.Dispose();
        Trainer?.Dispose();
        _images?.Dispose();
        _lock.Dispose();
    }

    /// <summary>Whether the step just made crossed a multiple of an interval.</summary>
    private bool Passed(long every) => every > 0 && (ImagesSeen / every) != ((ImagesSeen - Recipe.Optimizer.Batch) / every);

    private IEnumerable<long> MilestonesJustPassed =>
        Recipe.Checkpoint.Milestones.Where(milestone => milestone <= ImagesSeen && milestone > ImagesSeen - Recipe.Optimizer.Batch);

    // Whether the next images are there; false when the training is to stop.
    private bool HaveImages(ITrainingObserver observer, CancellationToken stop)
    {
        try
        {
            stop.ThrowIfCancellationRequested();
            _wait.Wait(observer, stop);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        catch (UnderpaintException e)
        {
            // The weights are as good as ever: only the images are missing.
            if (ImagesSeen > _saver.LastSaved)
                RunSaver.Try(observer, () => SaveLast(observer), () => "");
            throw _saver.Ending(e);
        }
    }

    private StepReport Step()
    {
        try
        {
            return Trainer.Step();
        }
        catch (UnderpaintException e)
        {
            throw _saver.Ending(e);
        }
    }

    private void LookForSpike(ITrainingObserver observer, StepReport step)
    {
        if (_losses.Look(step, _images.Latest!, _images.NameOf) is not { } spike)
            return;
        Append(observer, spike);
        observer.Noted(FormattableString.Invariant(
            $"The loss jumped to {spike.Loss:G3} after {spike.ImagesSeen} images, from about {spike.UsualLoss:G3}; ")
            + $"the greatest errors are in {string.Join(", ", spike.Images)}. "
            + $"If this happens often, lower {GentlerRate.KeysOf(Recipe, Plan.Before(step.ImagesSeen).Phase)}.");
    }

    private void Tick(ITrainingObserver observer)
    {
        Append(observer, _meter.Take(), _events.Add);
        _saver.Look(observer);
    }

    private void Validate(ITrainingObserver observer, string phase)
    {
        CheckWeights();
        using var model = new DiffusionAutoencoder(Trainer.Average, Recipe, ImagesSeen, Trainer.Workers);
        ValidationPictures pictures = _panel.Look(model);
        ValidationRecord record = _panel.Measure(model, pictures, phase);
        RunSaver.Try(observer, () => _events.Add(ImagesSeen, RunPictures.Write(Folder, ImagesSeen, _panel.Originals, pictures, _files)), () => Unharmed);
        Append(observer, record, _events.Add);
        observer.Validated(record);
        _meter.SkipTime();
    }

    private void KeepModels(ITrainingObserver observer)
    {
        CheckWeights();
        foreach (long milestone in MilestonesJustPassed)
            _saver.KeepModel(observer, milestone);
        _meter.SkipTime();
    }

    private void Save(ITrainingObserver observer)
    {
        CheckWeights();
        _saver.Save(observer);
        _meter.SkipTime();
    }

    private void SaveLast(ITrainingObserver observer)
    {
        CheckWeights();
        // Stopped in the middle of a stretch.
        if (!_meter.IsEmpty)
            Append(observer, _meter.Take(), _events.Add);
        _saver.SaveLast(observer);
    }

    // A step that overflows leaves finite gradients and spoilt weights: they must neither be saved nor push good ones out.
    private void CheckWeights()
    {
        if (TrainerState.IsFinite(Trainer))
            return;
        Phase phase = Plan.Before(ImagesSeen).Phase;
        throw _saver.Ending(new UnderpaintException(
            $"The weights are no longer numbers: phase {phase.Name}, after {ImagesSeen} images.",
            $"Resume with a lower learning rate: underpaint resume \"{Folder.Path}\" {GentlerRate.SettingsOf(Recipe, phase)}."));
    }

    private void Append<T>(ITrainingObserver observer, T record, Action<T>? alsoTo = null) => RunSaver.Try(observer, () =>
    {
        _metrics.Append((JsonObject)JsonSerializer.SerializeToNode(record, Json)!);
        alsoTo?.Invoke(record);
    }, () => Unharmed);

    private static RunEnvironment EnvironmentSince(Checkpoint? newest, TrainingData data, ComputeDevice device)
    {
        RunEnvironment here = RunEnvironment.Of(data, device);
        return newest is not null && RunEnvironment.Read(newest) is { } earlier ? here.After(earlier) : here;
    }

    private static IEnumerable<string> NotesOn(CheckpointSearch search)
    {
        foreach (RejectedCheckpoint rejected in search.Rejected)
            yield return $"The checkpoint {rejected.Folder} is not used: {rejected.Reason}";
        if (search.Rejected.Count > 0)
            yield return search.Newest is { } older ? $"The older one at {older.ImagesSeen} images is used instead." : "There is no other; training starts again.";
    }

    private static IEnumerable<string> NotesOn(RunEnvironment now, CheckpointSearch search)
    {
        string[] reasons = [.. now.Departures, .. now.Device == "cpu" ? (string[])[] : ["a GPU does not always add in the same order"]];
        if (search.Newest is not null && reasons.Length > 0)
            yield return $"The result will not be bit for bit that of an uninterrupted run: {string.Join("; ", reasons)}.";
    }
}
