using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Cli.Inspections;

/// <summary>How far a run is, how good it is, and what it can go on from.</summary>
internal static class RunInspection
{
    private const string NoneYet = "none yet";

    /// <summary>Writes it as text or as one JSON object.</summary>
    public static void Write(Terminal terminal, string path, bool json)
    {
        RunSummary run = RunSummary.Of(RunFolder.Open(path));
        if (json)
            WriteJson(terminal, run);
        else
            WriteText(terminal, run);
    }

    private static void WriteJson(Terminal terminal, RunSummary run) => terminal.WriteJson(new
    {
        Kind = "run",
        run.Folder.Path,
        Recipe = run.Recipe.Name,
        Phase = run.Phase.Name,
        run.ImagesSeen,
        Images = run.Plan.End,
        Finished = run.IsFinished,
        run.Recipe.Start,
        run.Checkpoints,
        Rejected = run.Rejected.Select(rejected => new { rejected.Folder, rejected.Reason }),
        run.LastValidation,
        Changes = run.Changes.Select(change => new { change.ImagesSeen, change.Settings }),
        run.Environment,
        Model = run.HasModel ? run.Folder.ModelFile : null,
    });

    private static void WriteText(Terminal terminal, RunSummary run)
    {
        var facts = new FactTable();
        facts.Add("run", run.Folder.Path);
        facts.Add("recipe", run.Recipe.Name);
        if (run.Recipe.Start is { } start)
            facts.Add("start", $"the model {StartText.Of(start)}");
        facts.Add("data", run.Environment is { } here
            ? $"{here.Data}, {Wording.Images(here.TrainingImages)} to learn from, "
                + $"{Wording.Count(here.ValidationImages)} to judge by"
            : NoneYet);
        string state = run.IsFinished ? "finished" : $"in phase {run.Phase.Name}";
        facts.Add("progress", $"{Wording.Progress(run.ImagesSeen, run.Plan.End)}, {state}");
        PhaseText.AddTo(facts, run.Recipe);
        foreach (RecipeChange change in run.Changes)
            facts.Add("changed", $"at {Wording.Images(change.ImagesSeen)}: {string.Join(", ", change.Settings)}");
        facts.Add("validation", run.LastValidation is { } last
            ? $"{Wording.Quality(last.Psnr, last.Ssim)} in {Wording.Steps(last.Steps)} at {Wording.Images(last.ImagesSeen)}; "
                + $"structure images {Wording.Quality(last.StructurePsnr, last.StructureSsim)}"
            : NoneYet);
        facts.Add("checkpoints", run.Checkpoints.Count > 0
            ? $"at {string.Join(", ", run.Checkpoints.Select(Wording.Count))} images"
            : NoneYet);
        foreach (RejectedCheckpoint rejected in run.Rejected)
            facts.Add("", $"{rejected.Folder} cannot be used: {rejected.Reason}");
        facts.Add("model", run.HasModel ? run.Folder.ModelFile : NoneYet);
        facts.Write(terminal);
        if (!run.IsFinished)
            terminal.WriteLine($"\nContinue with: underpaint resume {Wording.ToType(run.Folder.Path)}");
    }
}
