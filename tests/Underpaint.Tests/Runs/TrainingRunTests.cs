using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;
using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Tests.Runs;

public sealed class TrainingRunTests : IDisposable
{
    private const string Data = "ornaments:40,16,3";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_leaves_a_model_metrics_pictures_checkpoints_and_a_report()
    {
        RunFolder run = Start("a");
        Assert.True(Train(run));
        Assert.True(File.Exists(run.ModelFile));
        Assert.True(File.Exists(run.EnvironmentFile));
        Assert.Equal(["000000032.png", "000000048.png", "000000064.png", "000000096.png"],
            Directory.EnumerateFiles(run.ImagesFolder, "*.png").Select(Path.GetFileName).Order());
        Assert.Equal(["000000064", "000000096"], Directory.EnumerateDirectories(run.CheckpointsFolder).Select(Path.GetFileName).Order());
        Assert.Contains("structure image", File.ReadAllText(run.ReportFile), StringComparison.OrdinalIgnoreCase);
        JsonObject[] lines = [.. new MetricsLog(run.MetricsFile).ReadAll()];
        Assert.Equal(["detail", "structure"], lines.Select(line => (string)line["phase"]!).Distinct().Order());
        Assert.Contains(lines, line => (string)line["kind"]! == "validation" && (double)line["psnr"]! > 0);
    }

    [Fact]
    public void A_look_says_how_many_network_calls_it_really_made()
    {
        RunFolder run = Start("a");
        Assert.True(Train(run));
        var looks = RunMetrics.Read(run).Validations;
        Assert.Equal(["structure", "detail"], looks.Select(look => look.Phase).Distinct());
        // At the highest noise only, one call is all there is.
        Assert.All(looks, look => Assert.Equal(look.Phase == "structure" ? 1 : 2, look.Steps));
    }

    // 96 images in batches of 8: phase 1 ends at 48; checkpoints at 32, 48, 64 and 96.
    [Theory]
    [InlineData(40)]
    [InlineData(48)]
    [InlineData(72)]
    public void A_run_that_dies_anywhere_and_goes_on_ends_with_the_same_bits(long diesAt)
    {
        RunFolder whole = Start("whole"), broken = Start("broken");
        Assert.True(Train(whole));
        Assert.Throws<Died>(() => Train(broken, new Mortal(diesAt)));
        Assert.True(Train(broken));
        Assert.Equal(Hash(whole.ModelFile), Hash(broken.ModelFile));
        Assert.Equal(Losses(whole), Losses(broken));
    }

    [Fact]
    public void A_stopped_run_saves_its_last_step_without_a_report_and_goes_on_with_the_same_bits()
    {
        RunFolder whole = Start("whole"), stopped = Start("stopped");
        Assert.True(Train(whole));
        using var stop = new CancellationTokenSource();
        Assert.False(Train(stopped, new Mortal(24) { Instead = stop.Cancel }, stop: stop.Token));
        Assert.Equal(["000000024"], Directory.EnumerateDirectories(stopped.CheckpointsFolder).Select(Path.GetFileName));
        Assert.Equal((true, false), (File.Exists(stopped.ModelFile), File.Exists(stopped.ReportFile)));
        Assert.True(Train(stopped));
        Assert.Equal(Hash(whole.ModelFile), Hash(stopped.ModelFile));
    }

    [Fact]
    public void A_damaged_checkpoint_is_not_used_and_that_is_said()
    {
        RunFolder run = Start("a");
        Assert.Throws<Died>(() => Train(run, new Mortal(72)));
        string damaged = Path.Combine(run.CheckpointsFolder, "000000064", "weights.safetensors");
        byte[] bytes = File.ReadAllBytes(damaged);
        bytes[^1] ^= 1;
        File.WriteAllBytes(damaged, bytes);

        var observer = new Mortal(long.MaxValue);
        Assert.True(Train(run, observer));
        Assert.Contains(observer.Notes, note => note.Contains("000000064", StringComparison.Ordinal));
        Assert.Contains(observer.Notes, note => note.Contains("48", StringComparison.Ordinal));
    }

    [Fact]
    public void Unreadable_images_are_skipped_and_reported()
    {
        string images = _folder.File("images");
        Directory.CreateDirectory(images);
        using (Ornaments ornaments = Tiny.Images(20))
        {
            for (int i = 0; i < ornaments.Count; i++)
                File.WriteAllBytes(Path.Combine(images, $"{i:00}.png"), Underpaint.Reports.Png.Encode(ornaments.Read(i)));
        }
        foreach (int i in new[] { 3, 7 })
            File.WriteAllText(Path.Combine(images, $"{i:00}.png"), "no image");
        RunFolder run = RunStart.FindOrCreate(Tiny.Recipe, images, null, _folder.File("run"));
        var observer = new Mortal(long.MaxValue);
        Assert.True(Train(run, observer, data: images));
        Assert.NotEmpty(observer.Skipped);
        Assert.All(observer.Skipped, name => Assert.Contains(name, new[] { "03.png", "07.png" }));
    }

    [Fact]
    public void Two_writers_on_one_run_are_refused()
    {
        RunFolder run = Start("a");
        using TrainingData data = TrainingData.Open(Data, null, Tiny.Recipe);
        using var first = new TrainingRun(run, data, Tiny.Device);
        var error = Assert.Throws<RunInUseException>(() => new TrainingRun(run, data, Tiny.Device));
        Assert.Contains(Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finished_run_has_nothing_left_to_do()
    {
        RunFolder run = Start("a");
        Assert.True(Train(run));
        string before = Hash(run.ModelFile);
        Assert.True(RunStart.IsFinished(run, Tiny.Recipe));
        Assert.True(Train(run));
        Assert.Equal(before, Hash(run.ModelFile));
    }

    [Fact]
    public void A_model_file_works_alone_and_gives_the_same_pictures_again()
    {
        RunFolder run = Start("a");
        Assert.True(Train(run));
        string alone = _folder.File("alone.safetensors");
        File.Copy(run.ModelFile, alone);
        using DiffusionAutoencoder fromRun = DiffusionAutoencoder.Load(run.Path, "cpu"), fromFile = DiffusionAutoencoder.Load(alone, "cpu");
        Assert.Equal(Pictures(fromRun), Pictures(fromFile));
    }

    private static byte[] Pictures(DiffusionAutoencoder model)
    {
        using ImageBatch images = ImageBatch.Load("ornaments:3,16", model.ImageSize);
        using CodeBatch codes = model.Encode(images);
        using ImageBatch decoded = model.Decode(codes, steps: 3, seed: 1);
        return [.. decoded.ToPixels().SelectMany(image => image.Pixels)];
    }

    [Fact]
    public void What_a_killed_save_left_behind_is_removed_when_the_run_is_taken_up()
    {
        RunFolder run = Start("a");
        string leftover = Path.Combine(run.CheckpointsFolder, ".tmp-dead");
        Directory.CreateDirectory(leftover);
        using TrainingData data = TrainingData.Open(Data, null, Tiny.Recipe);
        using var opened = new TrainingRun(run, data, Tiny.Device);
        Assert.False(Directory.Exists(leftover));
    }

    private RunFolder Start(string name) => RunStart.FindOrCreate(Tiny.Recipe, Data, null, _folder.File(name));

    private static bool Train(RunFolder folder, Mortal? observer = null, string data = Data, CancellationToken stop = default)
    {
        using TrainingData images = TrainingData.Open(data, null, Tiny.Recipe);
        using var run = new TrainingRun(folder, images, Tiny.Device);
        return run.Train(observer ?? new Mortal(long.MaxValue), stop);
    }

    private static string Hash(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    private static double[] Losses(RunFolder run) =>
        [.. new MetricsLog(run.MetricsFile).ReadAll().Where(line => (string)line["kind"]! == "tick").Select(line => (double)line["loss"]!)];

    private sealed class Died : Exception;

    /// <summary>Ends the process's work on a run after a step, as a power cut would.</summary>
    private sealed class Mortal(long diesAt) : ITrainingObserver
    {
        public Action Instead { get; init; } = () => throw new Died();

        public List<string> Notes { get; } = [];

        public List<string> Skipped { get; } = [];

        public void Started(TrainingRun run)
        {
        }

        public void Stepped(StepReport report)
        {
            if (report.ImagesSeen == diesAt)
                Instead();
        }

        public void Validated(ValidationRecord record)
        {
        }

        public void Saved(long imagesSeen)
        {
        }

        void ITrainingObserver.Skipped(SkippedImage image) => Skipped.Add(image.Name);

        public void Noted(string message) => Notes.Add(message);
    }
}
