using System.Diagnostics;
using System.Globalization;
using Underpaint.Harness.Killing;
using Underpaint.Runs;
using Underpaint.Storage;

namespace Underpaint.Harness.Soaking;

/// <summary>
/// Hours of training: one run is left alone; the same run beside it is read all the time, and asked to end and resumed now and
/// then. Memory and open files are logged. When the time is over, the disturbed run trains on to the newest checkpoint of the
/// other one, and there both must be equal.
/// </summary>
internal sealed class Soak(Tool tool, string folder, Action<string> say)
{
    private const int Batch = 16;
    // Never reached: the time ends the runs.
    private const long Endless = 1_000_000_000;
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(5), Reading = TimeSpan.FromSeconds(1);

    // The same bits are promised at the same number of threads.
    private static readonly string[] Machine = ["--device", "cpu", "--threads", "1"];

    private readonly List<Sample> _samples = [];
    private readonly List<string> _readingErrors = [];
    private int _readings;
    private int _stops;

    /// <summary>Soaks.</summary>
    /// <param name="length">How long; catching up at the end comes on top.</param>
    /// <param name="between">How long the disturbed run is left alone at a time.</param>
    /// <returns>What came of it.</returns>
    public SoakReport Run(TimeSpan length, TimeSpan between)
    {
        // A quarter of the speed of one run by itself: there are two, and the machine may have other work.
        double perSecond = Measure() / 4;
        long structure = Rounded(perSecond * length.TotalSeconds / 8), every = Rounded(Math.Min(perSecond * 60, structure / 2.0));
        string recipe = WriteRecipe("soak", structure, Endless, every);
        say($"{structure} images of structure, a checkpoint after every {every}.");

        long start = Stopwatch.GetTimestamp();
        bool IsOver() => Stopwatch.GetElapsedTime(start) >= length;
        string alone = Path.Combine(folder, "alone"), disturbed = Path.Combine(folder, "disturbed");
        using var over = new CancellationTokenSource();
        Task reading = Task.Run(() => ReadAgainAndAgain(disturbed, over.Token));
        using (ToolProcess left = Train(recipe, alone))
        {
            Task disturbing = Task.Run(() => Disturb(recipe, disturbed, between, IsOver));
            while (!disturbing.IsCompleted || Seen(alone) < Seen(disturbed))
            {
                Thread.Sleep(Sampling);
                Take("alone", left.Process);
                if (left.Process.HasExited)
                    throw new InvalidOperationException($"The run that was left alone ended by itself:\n{left.Output}");
            }
            disturbing.GetAwaiter().GetResult();
        }
        CatchUp(disturbed, Seen(alone) - structure);
        over.Cancel();
        reading.GetAwaiter().GetResult();
        WriteSamples();
        return new(RunResult.HashOfCheckpoint(alone) == RunResult.HashOfCheckpoint(disturbed), Seen(alone), _stops, _readings, _readingErrors,
            Growth.Of([.. _samples.Where(sample => sample.Run == "alone")]));
    }

    private double Measure()
    {
        string recipe = WriteRecipe("measure", 2048, 2048, 4096), run = Path.Combine(folder, "measure");
        using ToolProcess process = Train(recipe, run);
        if (process.Wait() != 0)
            throw new InvalidOperationException($"The first, short run failed:\n{process.Output}");
        return RunMetrics.Read(RunFolder.Open(run)).Ticks.Select(tick => tick.ImagesPerSecond).Order().ElementAt(100);
    }

    private void Disturb(string recipe, string run, TimeSpan between, Func<bool> isOver)
    {
        while (!isOver())
        {
            using ToolProcess process = Train(recipe, run);
            long start = Stopwatch.GetTimestamp();
            while (!process.Process.WaitForExit(Sampling) && Stopwatch.GetElapsedTime(start) < between && !isOver())
                Take("disturbed", process.Process);
            if (process.Process.HasExited)
                throw new InvalidOperationException($"The disturbed run ended by itself:\n{process.Output}");
            Tool.Terminate(process.Process);
            _ = process.Wait();
            _stops++;
        }
    }

    private void CatchUp(string run, long detail)
    {
        using ToolProcess process = tool.Start(run + ".log", ["resume", run, "--set", $"phases[1].images={detail}", .. Machine]);
        if (process.Wait() != 0)
            throw new InvalidOperationException($"The disturbed run could not catch up:\n{process.Output}");
    }

    // How far a run's newest checkpoint is.
    private static long Seen(string run) => RunResult.NewestCheckpoint(run) is { } newest
        ? long.Parse(Path.GetFileName(newest), CultureInfo.InvariantCulture)
        : 0;

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
        ["train", recipe, "--data", "ornaments:2000,16", "--out", run, .. Machine]);

    private static long Rounded(double images) => Math.Max(2, (long)images / Batch) * Batch;

    private string WriteRecipe(string name, long structure, long detail, long every)
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
                { "name": "structure", "images": {{structure}}, "schedule": "highest-noise", "predict": "velocity" },
                { "name": "detail", "images": {{detail}}, "schedule": { "shifted-cosine": 4 }, "predict": "velocity" }
              ],
              "optimizer": { "batch": {{Batch}} }, "checkpoint": { "every": {{every}}, "keep": 3 },
              "validation": { "every": {{every}}, "images": 8, "steps": 10 }
            }
            """);
        return path;
    }
}
