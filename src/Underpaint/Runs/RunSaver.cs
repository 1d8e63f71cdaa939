using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>
/// Saves a run: first its state, then what is made of it. While training goes on, a save that fails is told and costs nothing
/// but itself; the last one of a run is tried until it succeeds.
/// </summary>
internal sealed class RunSaver
{
    private readonly TrainingRun _run;
    private readonly ValidationPanel _panel;
    private readonly CheckpointStore _checkpoints;
    private readonly DiskWatch _disk;
    private readonly TimeProvider _time;
    private readonly IFiles _files;
    private long _reported;

    public RunSaver(TrainingRun run, ValidationPanel panel, CheckpointStore checkpoints, TimeProvider time, IFiles files)
    {
        (_run, _panel, _checkpoints, _time, _files) = (run, panel, checkpoints, time, files);
        _disk = new(run.Folder.CheckpointsFolder, run.Space, files, checkpoints.RemoveLeftovers);
        LastSaved = run.StartedAt;
    }

    /// <summary>The position of the newest checkpoint; 0 where there is none.</summary>
    public long LastSaved { get; private set; }

    /// <summary>Says before the first step whether the disk will hold what is to come.</summary>
    public void LookAtStart(ITrainingObserver observer) => Note(observer, _disk.AtStart(_run.Folder.SavedBytes()));

    /// <summary>Says when the disk has become too full for the next save, or no longer is.</summary>
    public void Look(ITrainingObserver observer) => Note(observer, _disk.TellChange());

    /// <summary>Saves in the middle of the training; whatever the disk does, the training goes on.</summary>
    /// <exception cref="UnderpaintException">The weights are no longer numbers; nothing was saved.</exception>
    public void Save(ITrainingObserver observer)
    {
        Look(observer);
        if (!_disk.HoldsNextSave)
            observer.Noted($"The checkpoint at {_run.ImagesSeen} images is left out. {Kept}");
        else
            Try(observer, () => SaveAll(observer, reports: true), () => $"Training goes on. {Kept}");
    }

    /// <summary>Keeps the model as it is now for good; a failure is told, and costs nothing but this model.</summary>
    /// <param name="observer">Who is told.</param>
    /// <param name="milestone">One of the recipe's.</param>
    public void KeepModel(ITrainingObserver observer, long milestone) => Try(observer, () =>
    {
        CreateModelsFolder();
        ModelFile.Save(_run.Folder.ModelFileAt(milestone), _run.Trainer.Average, _run.Recipe, _run.ImagesSeen, _files);
    }, () => $"There will be no model of this run at {milestone} images; training goes on.");

    /// <summary>Saves for the last time; returns when that has succeeded.</summary>
    public void SaveLast(ITrainingObserver observer)
    {
        // A run that is stopped keeps the report of its last save: whoever stops it does not want to wait.
        bool reports = _run.ImagesSeen == _run.Plan.End;
        new LastSave(() => SaveAll(observer, reports), () => BytesToSave, _disk.Holds).Wait(observer.Noted, _time);
    }

    /// <summary>Writes the report and the model file of the present position.</summary>
    /// <param name="observer">Who is told.</param>
    /// <param name="reports">Whether the report is made, too, which takes longer than all the rest.</param>
    /// <exception cref="UnderpaintException">The model file could not be written.</exception>
    public void WriteProducts(ITrainingObserver observer, bool reports = true)
    {
        // The report first: the last model marks the run as finished, and nobody would make up for a report that a killed process owes.
        try
        {
            if (reports && _run.MakesReports && _reported < _run.ImagesSeen)
                Try(observer, WriteReport, () => "The checkpoint is on the disk.");
        }
        finally
        {
            ModelFile.Save(_run.Folder.ModelFile, _run.Trainer.Average, _run.Recipe, _run.ImagesSeen, _files);
        }
    }

    /// <summary>A failure that ends the run, with what is left of it.</summary>
    public UnderpaintException Ending(UnderpaintException cause) => new($"{cause.What} {Kept}", cause.Remedy, cause);

    /// <summary>Does something that the training does not depend on; its failure is told.</summary>
    public static void Try(ITrainingObserver observer, Action write, Func<string> consolation)
    {
        try
        {
            write();
        }
        catch (UnderpaintException e)
        {
            observer.Noted($"{e.Message} {consolation()}");
        }
    }

    private string Kept => LastSaved > 0 ? $"The checkpoint at {LastSaved} images is kept." : "There is no checkpoint yet.";

    // After the checkpoint, only the model may be left to save.
    private long BytesToSave => LastSaved < _run.ImagesSeen ? _run.Space.NextSaveBytes : _run.Space.ModelBytes;

    private void SaveAll(ITrainingObserver observer, bool reports)
    {
        // It may be the model that failed the last time.
        if (LastSaved < _run.ImagesSeen)
            SaveCheckpoint(observer);
        // In the run's folder stands what its newest save was made on: a process that saves nothing changes nothing for the next.
        _run.Environment.Write(_run.Folder, _files);
        WriteProducts(observer, reports);
        observer.Saved(LastSaved);
    }

    private void WriteReport()
    {
        using var model = new DiffusionAutoencoder(_run.Trainer.Average, _run.Recipe, _run.ImagesSeen, _run.Trainer.Workers);
        new RunReporter(_run, model, _panel).Write(_files);
        _reported = _run.ImagesSeen;
    }

    private void SaveCheckpoint(ITrainingObserver observer)
    {
        CheckpointPart[] parts = [.. TrainerState.Parts(_run.Trainer), new(RunEnvironment.FileName, _run.Environment.Write)];
        if (_checkpoints.Save(_run.ImagesSeen, parts) is { } problem)
            observer.Noted(problem);
        LastSaved = _run.ImagesSeen;
    }

    private void CreateModelsFolder()
    {
        if (Directory.Exists(_run.Folder.ModelsFolder))
            return;
        try
        {
            _files.CreateFolder(_run.Folder.ModelsFolder);
            // What lies in a folder is lost with the folder's own name.
            _files.SyncFolder(_run.Folder.Path);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(_run.Folder.ModelsFolder, e);
        }
    }

    private static void Note(ITrainingObserver observer, string? message)
    {
        if (message is not null)
            observer.Noted(message);
    }
}
