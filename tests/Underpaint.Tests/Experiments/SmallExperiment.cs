using Underpaint.Data.Synthetic;
using Underpaint.Evaluation.Judging;
using Underpaint.Experiments;
using Underpaint.Machine;
using Underpaint.Storage;
using Underpaint.Tests.Data;
using Underpaint.Tests.Runs;
using Underpaint.Training;

namespace Underpaint.Tests.Experiments;

/// <summary>An experiment of the smallest model, in a folder of its own: two arms of 32 images, judged at 16 and 32 in two ways.</summary>
internal sealed class SmallExperiment : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallExperiment()
    {
        // Every checkpoint makes a report, which takes longer than all the training.
        Recipe recipe = SmallRun.Recipe with { Checkpoint = new() { Every = 1000, Keep = 2 } };
        File.WriteAllText(_folder.File("small.json"), RecipeWriter.Write(recipe));
        Folder = new(_folder.File("results"));
        Experiment = new()
        {
            Name = "small",
            Data = new() { Training = SmallRun.Data, Test = "ornaments:3,16,9" },
            Images = 32,
            Arms = [new() { Name = "two", Recipe = "small.json" }, new() { Name = "one", Recipe = "small.json", Settings = [OnePhase] }],
            Evaluations = [new() { On = EvaluationImages.Test, At = [16], Steps = [1, 2] }],
            Folder = _folder.Path,
            DataFolder = _folder.Path,
        };
    }

    /// <summary>Makes one phase of the two.</summary>
    public static string OnePhase => """phases=[{"name":"all","images":7,"schedule":"cosine","predict":"velocity"}]""";

    public ExperimentFolder Folder { get; }

    public Experiment Experiment { get; set; }

    public ExperimentWatcher Watcher { get; private set; } = new();

    /// <summary>Works on the experiment; <see cref="Watcher"/> remembers what happened.</summary>
    public IReadOnlyList<RunResult> Work(string[]? only = null, Action<long>? stepped = null, Action<int>? judged = null, CancellationToken stop = default)
    {
        Watcher = new(stepped, judged);
        return new ExperimentSession(Experiment, Folder, OneThread, Watcher).Run(only, stop);
    }

    /// <summary>Works until a run has seen so many images.</summary>
    public IReadOnlyList<RunResult> WorkUntil(long imagesSeen, string[]? only = null)
    {
        using var stop = new CancellationTokenSource();
        return Work(only, stepped: seen => StopAt(seen == imagesSeen, stop), stop: stop.Token);
    }

    /// <summary>Works until so many rows are made.</summary>
    public IReadOnlyList<RunResult> WorkUntilJudged(int rows)
    {
        using var stop = new CancellationTokenSource();
        return Work(judged: count => StopAt(count == rows, stop), stop: stop.Token);
    }

    /// <summary>Makes a judge that has learned next to nothing.</summary>
    public string WriteJudge(string name, long seed)
    {
        using var images = new Ornaments(count: 40, size: 16, seed: 3);
        using Judge judge = Judge.Train(images,
            new() { Size = 8, Channels = 8, Features = 12, Images = 16, Batch = 8, HeldOut = 4, Seed = seed }, OneThread);
        judge.Save(_folder.File(name));
        return name;
    }

    /// <summary>Writes images that have no class.</summary>
    public string WriteUnlabelled(string name, int count)
    {
        Directory.CreateDirectory(_folder.File(name));
        for (int i = 0; i < count; i++)
            File.WriteAllBytes(Path.Combine(_folder.File(name), $"{i}.png"), TestImages.Png());
        return name;
    }

    /// <summary>The folder of a run.</summary>
    public RunFolder Run(string name) => RunFolder.Open(Path.Combine(Folder.Root, "runs", name));

    public void Dispose() => _folder.Dispose();

    private static void StopAt(bool now, CancellationTokenSource stop)
    {
        if (now)
            stop.Cancel();
    }

    // So small a model is slower on two threads than on one.
    private static ComputeDevice OneThread => Tiny.Device with { Threads = 1 };
}
