using System.Diagnostics;

namespace Underpaint.Harness.Killing;

/// <summary>
/// Trains the same small run again and again, kills each at random moments until it is done, and compares what it ends with to
/// the run that was left alone. Every third time it asks the process to end instead.
/// </summary>
internal sealed class KillTrial
{
    // So that every run ends, however unlucky.
    private const int MostKills = 4;
    private const int AskedEvery = 3;

    // Both phases, five epochs, a checkpoint after every second step.
    private const string Recipe = """
        {
          "name": "killed", "data": { "size": 16 },
          "model": {
            "channels": 16, "groups": 4, "multipliers": [1], "encoderMultipliers": [1],
            "blocks": 1, "encoderBlocks": 1, "attentionAt": [], "code": 16
          },
          "phases": [
            { "name": "structure", "images": 64, "schedule": "highest-noise", "predict": "velocity" },
            { "name": "detail", "images": 64, "schedule": { "shifted-cosine": 4 }, "predict": "velocity" }
          ],
          "optimizer": { "batch": 8 }, "checkpoint": { "every": 16, "keep": 2 }, "validation": { "every": 64, "images": 1, "steps": 2 }
        }
        """;

    private readonly Tool _tool;
    private readonly string _folder;
    private readonly RandomSource _random;
    private TimeSpan _length;

    /// <summary>Prepares the trial.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="folder">An empty folder for the runs and what the tool prints.</param>
    /// <param name="seed">Chooses the moments.</param>
    public KillTrial(Tool tool, string folder, long seed)
    {
        (_tool, _folder, _random) = (tool, folder, new RandomSource(seed, "moments"));
        File.WriteAllText(Path.Combine(folder, "recipe.json"), Recipe);
    }

    /// <summary>Kills at a number of moments.</summary>
    /// <param name="moments">How many.</param>
    /// <param name="say">Told about each run.</param>
    public KillReport Run(int moments, Action<string> say)
    {
        string whole = Path.Combine(_folder, "whole");
        long start = Stopwatch.GetTimestamp();
        using (ToolProcess left = Train(whole))
        {
            if (left.Wait() != 0)
                throw new InvalidOperationException($"The run that was left alone failed:\n{left.Output}");
        }
        _length = Stopwatch.GetElapsedTime(start);
        string expected = RunResult.HashOf(whole);
        var report = new KillReport();
        while (report.Killed + report.Asked < moments)
            RunOnce(Path.Combine(_folder, $"run-{report.Runs}"), expected, moments, report, say);
        return report;
    }

    private void RunOnce(string run, string expected, int moments, KillReport report, Action<string> say)
    {
        for (int kills = 0; ; kills++)
        {
            long start = Stopwatch.GetTimestamp();
            using ToolProcess tool = Train(run);
            bool isLast = kills == MostKills || report.Killed + report.Asked == moments;
            if (!isLast && !tool.Process.WaitForExit(_length * _random.NextDouble()))
            {
                End(tool, report);
                continue;
            }
            // Machines get faster, too: a moment after the end is none.
            if (kills == 0 && tool.Process.HasExited && Stopwatch.GetElapsedTime(start) is var length && length < _length)
                _length = length;
            bool isEqual = tool.Wait() == 0 && RunResult.HashOf(run) == expected;
            report.Runs++;
            report.Equal += isEqual ? 1 : 0;
            say($"{Path.GetFileName(run)}: ended {kills} times, {(isEqual ? "the same SHA-256" : $"DIFFERENT or lost:\n{tool.Output}")}");
            if (isEqual)
                Directory.Delete(run, recursive: true);
            return;
        }
    }

    private void End(ToolProcess tool, KillReport report)
    {
        bool asks = (report.Killed + report.Asked) % AskedEvery == AskedEvery - 1 && !OperatingSystem.IsWindows();
        if (!asks)
        {
            tool.Process.Kill();
            report.Killed++;
            return;
        }
        Tool.Terminate(tool.Process);
        _ = tool.Wait();
        report.Asked++;
        report.Answered += tool.Output.Contains("Continue with: underpaint resume", StringComparison.Ordinal) ? 1 : 0;
    }

    private ToolProcess Train(string run) => _tool.Start(Path.Combine(_folder, Path.GetFileName(run) + ".log"),
        "train", Path.Combine(_folder, "recipe.json"), "--data", "ornaments:30,16", "--out", run, "--device", "cpu", "--threads", "1");
}
