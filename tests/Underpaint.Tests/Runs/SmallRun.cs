using System.Security.Cryptography;
using Underpaint.Data.Synthetic;
using Underpaint.Diffusion;
using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Training;
using static TorchSharp.torch;

namespace Underpaint.Tests.Runs;

/// <summary>Runs of the smallest model, in a folder of their own: a few milliseconds a step.</summary>
internal sealed class SmallRun : IDisposable
{
    public const string Data = "ornaments:12,16,3";

    private readonly TemporaryFolder _folder = new();

    /// <summary>Two phases of 16 images in batches of 4, with a checkpoint after every 8.</summary>
    public static Recipe Recipe { get; } = new()
    {
        Name = "small",
        Data = new() { Size = 16 },
        Model = new()
        {
            Channels = 8,
            Groups = 4,
            Multipliers = [1],
            Blocks = 1,
            AttentionAt = [],
            Code = 8,
            EncoderMultipliers = [1],
            EncoderBlocks = 1,
        },
        Phases =
        [
            new() { Name = "structure", Images = 16, Schedule = NoiseSchedule.HighestNoise, Predict = Prediction.Velocity },
            new() { Name = "detail", Images = 16, Schedule = NoiseSchedule.ShiftedCosine(4), Predict = Prediction.Velocity },
        ],
        Optimizer = new() { LearningRate = 1e-3, Batch = 4 },
        Checkpoint = new() { Every = 8, Keep = 2 },
        Validation = new() { Every = 16, Images = 1, Steps = 1 },
        Seed = 5,
    };

    public string File(params string[] parts) => _folder.File(parts);

    public RunFolder Start(string name, string data = Data, Recipe? recipe = null) =>
        RunStart.FindOrCreate(recipe ?? Recipe, data, null, _folder.File(name));

    /// <summary>Trains a run to its end, or until stopped.</summary>
    public static bool Train(
        RunFolder folder, ITrainingObserver? observer = null, IFiles? files = null, string data = Data, TimeProvider? time = null,
        bool reports = false, CancellationToken stop = default)
    {
        using TrainingData images = TrainingData.Open(data, null, Recipe);
        return Train(folder, images, observer, files, time, reports, stop);
    }

    public static bool Train(
        RunFolder folder, TrainingData images, ITrainingObserver? observer = null, IFiles? files = null, TimeProvider? time = null,
        bool reports = false, CancellationToken stop = default)
    {
        // So small a model is slower on two threads than on one.
        int threads = get_num_threads();
        set_num_threads(1);
        try
        {
            using var run = new TrainingRun(folder, images, Tiny.Device, time ?? TimeProvider.System, files ?? Disk.Instance) { MakesReports = reports };
            return run.Train(observer ?? new Listener(), stop);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    public static string Hash(RunFolder run) => Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(run.ModelFile)));

    public static IEnumerable<string?> Checkpoints(RunFolder run) =>
        Directory.EnumerateDirectories(run.CheckpointsFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    /// <summary>Writes a few of the built-in images as files.</summary>
    public static void WriteImages(string folder, int count, long seed)
    {
        Directory.CreateDirectory(folder);
        using var ornaments = new Ornaments(count, 16, seed);
        for (int i = 0; i < count; i++)
            System.IO.File.WriteAllBytes(Path.Combine(folder, $"{i:00}.png"), Underpaint.Reports.Png.Encode(ornaments.Read(i)));
    }

    public void Dispose() => _folder.Dispose();
}
