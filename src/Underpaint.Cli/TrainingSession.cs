using Spectre.Console;
using Underpaint.Cli.Progress;
using Underpaint.Machine;
using Underpaint.Runs;
using Underpaint.Storage;

namespace Underpaint.Cli;

/// <summary>A run from here to its end, or to the user's stop, with progress on the terminal.</summary>
internal static class TrainingSession
{
    /// <summary>Trains what is left of a run.</summary>
    /// <returns>The exit code: failed if the run was stopped before its end.</returns>
    public static int Run(Terminal terminal, RunFolder folder, TrainingData images, ComputeDevice device)
    {
        if (RunStart.IsFinished(folder, RunStart.ReadRecipe(folder)))
            return WriteComplete(terminal, folder);
        using var run = new TrainingRun(folder, images, device, terminal.Time);
        return Run(terminal, run);
    }

    /// <summary>Says that nothing is left to train; the run's checkpoints may be gone.</summary>
    /// <returns>The exit code.</returns>
    public static int WriteComplete(Terminal terminal, RunFolder run)
    {
        terminal.WriteLine($"{Wording.ToType(run.Path)} is complete: there is nothing left to train.");
        WriteReport(terminal, run);
        return ExitCode.Ok;
    }

    /// <summary>Says what begins, or goes on.</summary>
    public static void WriteStart(Terminal terminal, TrainingRun run)
    {
        RunEnvironment here = run.Environment;
        string from = run.StartedAt > 0 ? $", from {Wording.Images(run.StartedAt)} on" : "";
        terminal.WriteLine($"{Wording.ToType(run.Folder.Path)}: recipe {run.Recipe.Name} on {here.Data}, "
            + $"{Wording.Images(here.TrainingImages)} to learn from and {Wording.Count(here.ValidationImages)} to judge by; "
            + $"{here.Device}, {Wording.Count(here.Threads, "thread")}{from}.");
        if (run.Recipe.Start is { } start)
            terminal.WriteLine($"It goes on from the model {StartText.Of(start)}: phase{(run.Plan.Spans.Count == 1 ? "" : "s")} "
                + $"{string.Join(", ", run.Plan.Spans.Select(span => span.Name))}.");
        terminal.WriteLine($"A checkpoint takes about {Wording.Bytes(run.Space.CheckpointBytes)}; "
            + $"{run.Space.Keep} are kept, which takes up to {Wording.Bytes(run.Space.MostBytes)} in all.");
    }

    /// <summary>Shows a training while it is done.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="train">Trains, watched by what it is given.</param>
    public static void Watch(Terminal terminal, Action<ITrainingObserver> train)
    {
        if (terminal.Out.Profile.Capabilities is { Interactive: true, Ansi: true })
            terminal.Out.Live(Text.Empty).Start(display => train(new UnbreakableProgress(new LiveProgress(terminal, display))));
        else
            train(new UnbreakableProgress(new PlainProgress(terminal)));
    }

    private static int Run(Terminal terminal, TrainingRun run)
    {
        long start = terminal.Time.GetTimestamp();
        WriteStart(terminal, run);
        bool finished = Train(terminal, run);
        SkippedList.WriteCount(terminal, run.Skipped.Count);
        if (!finished)
        {
            terminal.WriteError($"Stopped after {Wording.Progress(run.ImagesSeen, run.Plan.End)}; nothing is lost. "
                + $"Continue with: underpaint resume {Wording.ToType(run.Folder.Path)}");
            return ExitCode.Failed;
        }
        string time = Wording.Duration(terminal.Time.GetElapsedTime(start));
        terminal.WriteLine($"Finished: {Wording.Images(run.ImagesSeen)} seen, {time}.");
        terminal.WriteLine($"Model:  {run.Folder.ModelFile}");
        WriteReport(terminal, run.Folder);
        return ExitCode.Ok;
    }

    // It may have been removed; and a disk that fails costs the report, but not the run.
    private static void WriteReport(Terminal terminal, RunFolder run)
    {
        if (File.Exists(run.ReportFile))
            terminal.WriteLine($"Report: {run.ReportFile}");
    }

    private static bool Train(Terminal terminal, TrainingRun run)
    {
        bool isFinished = false;
        Watch(terminal, progress => isFinished = run.Train(progress, terminal.Stop));
        return isFinished;
    }
}
