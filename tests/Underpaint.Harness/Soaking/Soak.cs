using System.Diagnostics;
using System.Globalization;
using Underpaint.Harness.Killing;
using Underpaint.Runs;
using Underpaint.Storage;

namespace Underpaint.Harness.Soaking;

/// <summary>
/// Hours of training: one run is left alone; the same run beside it is read all the time, and asked to end and resumed now and
/// then. Memory and open files are logged, and at the end both must be equal.
/// </summary>
internal sealed class Soak(Tool tool, string folder, Action<string> say)
{
    private const int Batch = 16;
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(5), Reading = TimeSpan.FromSeconds(1);

    private readonly List<Sample> _samples = [];
    private readonly List<string> _readingErrors = [];
    private int _readings;
    private int _stops;

    /// <summary>Soaks.</summary>
    /// <param name="length">About how long.</param>
    /// <param name="between">How long the disturbed run is left alone at a time.</param>
    /// <returns>What came of it.</returns>
    public SoakReport Run(TimeSpan length, TimeSpan between)
    {
        double perSecond = Measure();
        long images = Rounded(perSecond * length.TotalSeconds), every = Rounded(Math.Min(perSecond * 60, images / 4.0));
        string recipe = WriteRecipe("soak", images, every);
        say($"{perSecond:0} images/s: {images} images, a checkpoint after every {every}.");

        string alone = Path.Combine(folder, "alone"), disturbed = Path.Combine(folder, "disturbed");
        using var over = new CancellationTokenSource();
        Task reading = Task.Run(() => ReadAgainAndAgain(disturbed, over.Token));
        using ToolProcess left = Train(recipe, alone);
        Task disturbing = Task.Run(() => Disturb(recipe, disturbed, between));
        while (!left.Process.HasExited || !disturbing.IsCompleted)
        {
            Thread.Sleep(Sampling);
            Take("alone", left.Process);
        }
        disturbing.GetAwaiter().GetResult();
        over.Cancel();
        reading.GetAwaiter().GetResult();
        WriteSamples();
        return new(left.Process.ExitCode == 0 && RunResult.HashOf(alone) == RunResult.HashOf(disturbed), _stops, _readings, _readingErrors,
            Growth.Of([.. _samples.Where(sample => sample.Run == "alone")]));
    }

    private double Measure()
    {
        string recipe = WriteRecipe("measure", 4096, 4096), run = Path.Combine(folder, "measure");
        using ToolProcess process = Train(recipe, run);
        if (process.Wait() != 0)
            throw new InvalidOperationException($"The first, short run failed:\n{process.Output}");
        return RunMetrics.Read(RunFolder.Open(run)).Ticks.Select(tick => tick.ImagesPerSecond).Order().ElementAt(100);
    }

    private void Disturb(string recipe, string run, TimeSpan between)
    {
        while (true)
        {
            using ToolProcess process = Train(recipe, run);
            long start = Stopwatch.GetTimestamp();
            while (!process.Process.WaitForExit(Sampling) && Stopwatch.GetElapsedTime(start) < between)
                Take("disturbed", process.Process);
            if (process.Process.HasExited)
            {
                say($"The disturbed run ended with code {process.Process.ExitCode} after {_stops} stops.");
                return;
            }
            Tool.Terminate(process.Process);
            _ = process.Wait();
            _stops++;
        }
    }

    private void ReadAgainAndAgain(string run, CancellationToken over)
    {
        while (!over.WaitHandle.WaitOne(Reading))
        {
            if (!RunFolder.IsRun(run))
                continue;
            try
            {
                _ = RunSummary.Of(RunFolder.Open(run));
                _readings++;
            }
            catch (Exception e)
            {
                _readingErrors.Add(e.Message);
            }
        }
    }

    private void Take(string run, Process process)
    {
        try
        {
            string id = process.Id.ToString(CultureInfo.InvariantCulture);
            lock (_samples)
                _samples.Add(new(run, DateTime.UtcNow, ProcessStatus.Read(id, "VmRSS"), ProcessStatus.OpenFiles(id)));
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            // It has just ended.
        }
    }

    private void WriteSamples() => File.WriteAllLines(Path.Combine(folder, "samples.csv"),
        ["run,time,resident,files", .. _samples.Select(sample => $"{sample.Run},{sample.Time:O},{sample.Resident},{sample.Files}")]);

    private ToolProcess Train(string recipe, string run) => tool.Start(run + ".log",
        "train", recipe, "--data", "ornaments:2000,16", "--out", run, "--device", "cpu", "--threads", "1");

    private static long Rounded(double images) => Math.Max(2, (long)images / Batch) * Batch;

    private string WriteRecipe(string name, long images, long every)
    {
        string path = Path.Combine(folder, name + ".json");
        File.WriteAllText(path, $$"""
            {
              "name": "{{name}}", "data": { "size": 16 },
              "model": {
                "channels": 16, "groups": 4, "multipliers": [1, 2], "encoderMultipliers": [1, 2],
                "blocks": 1, "encoderBlocks": 1, "attentionAt": [], "code": 16
              },
              "phases": [
                { "name": "structure", "images": {{images / 2}}, "schedule": "highest-noise", "predict": "velocity" },
                { "name": "detail", "images": {{images / 2}}, "schedule": { "shifted-cosine": 4 }, "predict": "velocity" }
              ],
              "optimizer": { "batch": {{Batch}} }, "checkpoint": { "every": {{every}}, "keep": 3 },
              "validation": { "every": {{every}}, "images": 8, "steps": 10 }
            }
            """);
        return path;
    }
}
