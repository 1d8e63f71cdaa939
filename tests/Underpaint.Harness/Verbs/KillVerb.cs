using System.CommandLine;
using Underpaint.Harness.Killing;
using Underpaint.Tests;

namespace Underpaint.Harness.Verbs;

/// <summary><c>kill</c>: real training runs, killed at random moments and resumed.</summary>
internal static class KillVerb
{
    public static Command Create()
    {
        var moments = new Option<int>("--moments") { Description = "How often to kill", DefaultValueFactory = _ => 200 };
        var seed = new Option<long>("--seed") { Description = "Chooses the moments", DefaultValueFactory = _ => 0 };
        var tool = new Option<string?>("--tool") { Description = "The tool; without it the one that was built with this program" };
        var verb = new Command("kill", "Kills training at random moments, resumes it, and compares the weights.") { moments, seed, tool };
        verb.SetAction(parsed =>
        {
            using var folder = new TemporaryFolder();
            var trial = new KillTrial(parsed.GetValue(tool) is { } path ? new Tool(path) : Tool.Built(), folder.Path, parsed.GetValue(seed));
            KillReport report = trial.Run(parsed.GetValue(moments), Console.WriteLine);
            Console.WriteLine($"{report.Killed} killed, {report.Asked} asked to end ({report.Answered} said how to continue); "
                + $"{report.Equal} of {report.Runs} runs ended with the same SHA-256 as the run that was left alone.");
            return report.Equal == report.Runs ? 0 : 1;
        });
        return verb;
    }
}
