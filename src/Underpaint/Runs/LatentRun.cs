using System.Text.Json;
using System.Text.Json.Nodes;
using Underpaint.Codes;
using Underpaint.Codes.Latents;
using Underpaint.Machine;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>
/// The training of a latent DPM from start to end. Its checkpoints and metrics lie in a folder beside the file that it makes
/// (<c>faces.safetensors.training</c>). Interrupted at any point, the same call goes on from the last checkpoint with the same bits, and with a
/// larger number of images a finished one is trained further. One process at a time.
/// </summary>
public sealed class LatentRun : IDisposable
{
    private const string Kind = ".safetensors";

    // Lines of metrics over a whole training.
    private const int Ticks = 500;
    private const int FewestCodes = 2;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly string _path;
    private readonly string _folder;
    private readonly CodeTable _codes;
    private readonly LatentRecipe _recipe;
    private readonly CodeStatistics _statistics;
    private readonly RunLock _lock;
    private readonly CheckpointStore _checkpoints;
    private readonly MetricsLog _metrics;
    private readonly TickMeter _meter;
    private readonly TimeProvider _time;
    private readonly IFiles _files;
    private readonly DiskWatch _disk;
    private readonly RunSpace _space;
    private readonly List<string> _notes = [];
    private LatentRunFile _origin;
    private long _lastSaved;

    /// <summary>Opens a training: a new one, or one that was interrupted.</summary>
    /// <param name="path">The latent model's file, which is written at the end; its ending is <c>.safetensors</c>, and its folder exists.</param>
    /// <param name="codes">The codes, at least 2.</param>
    /// <param name="recipe">How.</param>
    /// <param name="device">Where to compute; always in float32.</param>
    /// <param name="time">The clock that speed is measured with. Default the system's.</param>
    /// <exception cref="UnderpaintException">
    /// There are too few codes, another process trains there, what is there belongs to other codes or another recipe, or a file cannot be used.
    /// </exception>
    public LatentRun(string path, CodeTable codes, LatentRecipe recipe, ComputeDevice device, TimeProvider? time = null)
        : this(path, codes, recipe, device, time ?? TimeProvider.System, Disk.Instance)
    {
    }

    internal LatentRun(string path, CodeTable codes, LatentRecipe recipe, ComputeDevice device, TimeProvider time, IFiles files)
    {
        Check(path, codes);
        (_path, _folder, _codes, _recipe, _time, _files) = (path, FolderOf(path), codes, recipe, time, files);
        _origin = new(codes.Origin.Model, NumberHash.Of(codes.Rows.Codes), LatentRecipeJson.Write(recipe), device.Name, device.Threads);
        _statistics = CodeStatistics.Of([codes.Rows.Codes], codes.CodeSize);
        _checkpoints = new(Path.Combine(_folder, "checkpoints"), recipe.Checkpoint.Keep, files);
        _metrics = new(Path.Combine(_folder, "metrics.jsonl"), files);
        _meter = new(time);
        CreateFolder();
        _lock = RunLock.Acquire(_folder);
        try
        {
            Checkpoint? newest = FindNewest();
            _checkpoints.RemoveLeftovers();
            Trainer = new(recipe, _statistics.StandardizeToSingle(codes.Rows.Codes), codes.CodeSize, device);
            _space = RunSpace.Of(Trainer.Network.Weights.Count, recipe.Checkpoint);
            _disk = new(_folder, _space, files, _checkpoints.RemoveLeftovers);
            if (newest is not null)
                TrainerState.Restore(Trainer, newest);
            _lastSaved = StartedAt = Trainer.ImagesSeen;
            _metrics.Truncate(StartedAt);
            // Afterwards only saves change it: a process that saves nothing changes nothing for the next.
            if (newest is null)
                _origin.Write(_folder, _files);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Images seen when this process took the training up; 0 for a new one.</summary>
    public long StartedAt { get; }

    /// <summary>How far the training is.</summary>
    public long ImagesSeen => Trainer.ImagesSeen;

    /// <summary>Images seen at its end.</summary>
    public long End => _recipe.End;

    /// <summary>The state that training changes.</summary>
    internal LatentTrainer Trainer { get; }

    /// <summary>The folder of a training's checkpoints and metrics.</summary>
    /// <param name="path">The latent model's file.</param>
    public static string FolderOf(string path) => path + ".training";

    /// <summary>
    /// Trains to the end of the recipe, or until stopped; either way the last step is saved. At the end the latent model's file is written. A disk that fails
    /// then is waited for, however long, and <paramref name="stop"/> does not end that.
    /// </summary>
    /// <param name="onStep">Called after each step.</param>
    /// <param name="onNote">Told what the user should know: a sentence or two.</param>
    /// <param name="stop">Ends the training after the step under way.</param>
    /// <returns>True if the recipe is complete; false if it was stopped.</returns>
    /// <exception cref="UnderpaintException">The loss or the weights are no longer numbers; the newest checkpoint is kept.</exception>
    public bool Train(Action<StepReport>? onStep = null, Action<string>? onNote = null, CancellationToken stop = default)
    {
        _notes.ForEach(note => onNote?.Invoke(note));
        _meter.SkipTime();
        while (ImagesSeen < End && !stop.IsCancellationRequested)
        {
            StepReport step = Trainer.Step();
            _meter.Add(step);
            onStep?.Invoke(step);
            bool saves = ImagesSeen < End && Passed(_recipe.Checkpoint.Every);
            if (ImagesSeen == End || saves || Passed(End / Ticks))
                Tick(onNote);
            if (!saves)
                continue;
            CheckWeights();
            Try(() => Save(onNote), onNote);
            _meter.SkipTime();
        }
        CheckWeights();
        if (!_meter.IsEmpty)
            Tick(onNote);
        new LastSave(() => SaveLast(onNote), () => _space.NextSaveBytes, _disk.Holds).Wait(note => onNote?.Invoke(note), _time);
        return ImagesSeen == End;
    }

    /// <summary>Frees the networks and lets other processes train there.</summary>
    public void Dispose()
    {
        // It may be missing: the constructor cleans up after itself when it fails half-way.
        Trainer?.Dispose();
        _lock.Dispose();
    }

    private static void Check(string path, CodeTable codes)
    {
        if (Path.GetExtension(path) != Kind)
            throw new UnderpaintException($"{path} has not the ending of a latent model's file.", $"Name a file that ends in {Kind}.");
        if (codes.Count < FewestCodes)
            throw new UnderpaintException($"{codes.Path} holds {codes.Count} codes: too few to learn from.", "Encode more images.");
        OutputFile.CheckKind(path, LatentFile.IsLatent);
        if (File.Exists(path) && !Directory.Exists(FolderOf(path)))
            throw IsFinished(path);
    }

    // Training it anew would replace what cost hours, perhaps by what other codes give.
    private static UnderpaintException IsFinished(string path) =>
        new($"{path} is a latent model already, and there is no checkpoint of these codes that its training could go on from.", "Delete it, or name another file.");

    private static void Try(Action write, Action<string>? onNote)
    {
        try
        {
            write();
        }
        catch (UnderpaintException e)
        {
            onNote?.Invoke($"{e.Message} Training goes on.");
        }
    }

    private bool Passed(long every) => every > 0 && ImagesSeen / every != (ImagesSeen - _recipe.Optimizer.Batch) / every;

    private void CreateFolder()
    {
        try
        {
            Directory.CreateDirectory(_folder);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(_folder, e);
        }
    }

    // The checkpoint to go on from; null where there is none. Another training's is never used, and never overwritten.
    private Checkpoint? FindNewest()
    {
        CheckpointSearch search = _checkpoints.FindNewest();
        _notes.AddRange(search.Rejected.Select(rejected => $"The checkpoint {rejected.Folder} is not used: {rejected.Reason}"));
        if (search.Newest is not { } newest)
            return File.Exists(_path) ? throw IsFinished(_path) : null;
        if (LatentRunFile.Read(_folder) is not { } earlier || !_origin.GoesOnAs(earlier))
            throw new UnderpaintException($"{_folder} belongs to a training on other codes, or with another recipe.",
                "Name another file, or delete that folder.");
        if (File.Exists(_path) && LatentFile.Describe(_path).CodesSha256 != _origin.CodesSha256)
            throw IsFinished(_path);
        if (newest.ImagesSeen > End)
            throw new UnderpaintException($"This latent model was trained on {newest.ImagesSeen} images already, which is more than {End}.",
                "Ask for more images, or name another file.");
        _origin = _origin.After(earlier);
        if (_origin.Departures.Count > 0)
            _notes.Add($"The result will not be bit for bit that of an uninterrupted training: {string.Join("; ", _origin.Departures)}.");
        return newest;
    }

    private void Tick(Action<string>? onNote) =>
        Try(() => _metrics.Append((JsonObject)JsonSerializer.SerializeToNode(_meter.Take(), Json)!), onNote);

    // Such weights must neither be saved nor trained on.
    private void CheckWeights()
    {
        if (!TrainerState.IsFinite(Trainer))
            throw new UnderpaintException($"The weights are no longer numbers after {ImagesSeen} images; they were not saved.",
                "Train again with a lower learning rate (--set optimizer.learningRate=…), under another name.");
    }

    private void SaveLast(Action<string>? onNote)
    {
        // It may be the file that failed the last time.
        if (ImagesSeen > _lastSaved)
            Save(onNote);
        if (ImagesSeen == End)
            LatentFile.Save(_path, Describe(), Trainer.Average.Weights.ToArray());
    }

    private void Save(Action<string>? onNote)
    {
        // Before the checkpoint: where only one of the two is written, a change is told too early and not never.
        _origin.Write(_folder, _files);
        if (_checkpoints.Save(ImagesSeen, TrainerState.Parts(Trainer)) is { } problem)
            onNote?.Invoke(problem);
        _lastSaved = ImagesSeen;
    }

    private LatentDescription Describe() => new()
    {
        Model = _codes.Origin.Model,
        Data = _codes.Origin.Data,
        Codes = _codes.Count,
        CodesSha256 = _origin.CodesSha256,
        Statistics = _statistics,
        ImagesSeen = ImagesSeen,
        Recipe = _recipe,
    };
}
