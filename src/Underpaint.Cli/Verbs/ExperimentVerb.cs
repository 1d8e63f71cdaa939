using System.CommandLine;
using Underpaint.Cli.Progress;
using Underpaint.Experiments;
using Underpaint.Machine;

namespace Underpaint.Cli.Verbs;

/// <summary><c>experiment</c>: compares recipes; the same command again goes on.</summary>
internal static class ExperimentVerb
{
    public static Verb Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The experiment: arms, seeds, images, and how each run is judged" };
        var data = new Option<string?>("--data") { Description = "The folder of the images that FILE names; without it, FILE's own", HelpName = "DIR" };
        var folder = new Option<string?>("--out") { Description = "Where runs and results are kept; without it, results/ and the experiment's name", HelpName = "DIR" };
        var only = new Option<string[]>("--only") { Description = "Work on this arm only; may be given several times", HelpName = "ARM" };
        var limit = Parameters.TimeLimit();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what is left to do and how long it takes, and write nothing" };
        var device = Parameters.Device();
        var precision = Parameters.Precision();
        var threads = Parameters.Threads();
        var verb = new Verb("experiment",
            "Trains and judges several recipes on the same images, and writes their results side by side. The same command again goes on where it was interrupted.",
            "underpaint experiment experiments/cifar10-main.json --data images/ --time-limit 3h")
        {
            file, data, folder, only, limit, dryRun, device, precision, threads,
        };
        verb.SetAction(parsed =>
        {
            Experiment experiment = ExperimentReader.Load(parsed.GetValue(file)!, parsed.GetValue(data));
            string[] arms = parsed.GetValue(only) ?? [];
            _ = experiment.RunsOf(arms);
            var where = new ExperimentFolder(parsed.GetValue(folder) ?? Path.Combine("results", experiment.Name));
            var chosen = ComputeDevice.Choose(parsed.GetValue(device)!, parsed.GetValue(precision)!, parsed.GetValue(threads));
            return parsed.GetValue(dryRun)
                ? Plan(terminal, ExperimentPlan.Of(experiment, where, chosen, arms, terminal.Stop))
                : Run(terminal, experiment, where, chosen, arms, parsed.GetValue(limit));
        });
        return verb;
    }

    private static int Plan(Terminal terminal, IReadOnlyList<ExperimentRunPlan> plans)
    {
        ExperimentPlanText.Write(terminal, plans);
        return plans.All(plan => plan.Problem.Length == 0) ? ExitCode.Ok : ExitCode.Failed;
    }

    private static int Run(
        Terminal terminal, Experiment experiment, ExperimentFolder folder, ComputeDevice device, string[] arms, TimeSpan? limit)
    {
        using var timer = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, terminal.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(terminal.Stop, timer.Token);
        var session = new ExperimentSession(experiment, folder, device, new ExperimentProgress(terminal, experiment), terminal.Time);
        IReadOnlyList<RunResult> results = session.Run(arms, stop.Token);

        int complete = results.Count(result => result.State == RunState.Complete);
        terminal.WriteLine($"{Wording.Count(complete)} of {Wording.Count(results.Count, "run")} are complete.");
        terminal.WriteLine($"Results: {folder.PageFile}");
        terminal.WriteLine($"         {folder.MarkdownFile}");
        terminal.WriteLine($"         {folder.JsonFile}");
        if (stop.IsCancellationRequested && complete < results.Count)
            terminal.WriteError($"Stopped{(timer.IsCancellationRequested ? " at the time limit" : "")}; nothing is lost. Give the same command again to go on.");
        return complete == results.Count ? ExitCode.Ok : ExitCode.Failed;
    }
}
