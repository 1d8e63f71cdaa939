using System.Security.Cryptography;
using Underpaint.Runs;
using Underpaint.Storage;

namespace Underpaint.Tests.Runs;

/// <summary>Real checkpoints whose files were deleted, cut or changed: noticed each time, and the run goes on from the one before.</summary>
public sealed class DamagedCheckpointTests : IDisposable
{
    private readonly SmallRun _runs = new();
    private readonly RunFolder _run;
    private readonly string _newest;
    private readonly CheckpointStore _store;

    public DamagedCheckpointTests()
    {
        _run = _runs.Start("a");
        using var stop = new CancellationTokenSource();
        Assert.False(SmallRun.Train(_run, new Listener(step =>
        {
            if (step.ImagesSeen == 24)
                stop.Cancel();
        }), stop: stop.Token));
        _newest = Path.Combine(_run.CheckpointsFolder, "000000024");
        _store = new CheckpointStore(_run.CheckpointsFolder, keep: 2);
    }

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void A_thousand_flipped_bits_are_each_noticed()
    {
        string[] files = [.. Directory.GetFiles(_newest).Order(StringComparer.Ordinal)];
        for (int flip = 0; flip < 1000; flip++)
        {
            var random = new RandomSource(1, "flip", flip);
            string path = files[random.NextInt(files.Length)];
            int bit = random.NextInt((int)(8 * new FileInfo(path).Length));
            Flip(path, bit);
            CheckpointSearch search = _store.FindNewest();
            Assert.True(search.Newest?.ImagesSeen == 16, $"bit {bit} of {path} went unnoticed");
            Assert.Equal(_newest, Assert.Single(search.Rejected).Folder);
            Flip(path, bit);
        }
        Assert.Equal(24, _store.FindNewest().Newest!.ImagesSeen);
    }

    [Fact]
    public void A_deleted_and_a_cut_file_are_noticed_whichever_it_is()
    {
        foreach (string path in Directory.GetFiles(_newest))
        {
            byte[] good = File.ReadAllBytes(path);
            File.Delete(path);
            Assert.Equal(16, _store.FindNewest().Newest!.ImagesSeen);
            File.WriteAllBytes(path, good[..(good.Length / 2)]);
            Assert.Equal(16, _store.FindNewest().Newest!.ImagesSeen);
            File.WriteAllBytes(path, good);
            Assert.Equal(24, _store.FindNewest().Newest!.ImagesSeen);
        }
    }

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("environment.json")]
    [InlineData("manifest.json")]
    public void The_run_says_so_goes_on_from_the_one_before_and_ends_with_the_same_weights(string damaged)
    {
        RunFolder whole = _runs.Start("whole");
        Assert.True(SmallRun.Train(whole));
        Flip(Path.Combine(_newest, damaged), 8);
        var listener = new Listener();
        Assert.True(SmallRun.Train(_run, listener));
        Assert.Contains($"The checkpoint {_newest} is not used", listener.Told);
        Assert.Contains("The older one at 16 images is used instead", listener.Told);
        Assert.Equal(SmallRun.Hash(whole), SmallRun.Hash(_run));
    }

    [Fact]
    public void Without_any_sound_checkpoint_and_without_a_model_training_starts_again_and_says_so()
    {
        RunFolder whole = _runs.Start("whole");
        Assert.True(SmallRun.Train(whole));
        foreach (string manifest in Manifests())
            File.Delete(manifest);
        File.Delete(_run.ModelFile);
        var listener = new Listener();
        Assert.True(SmallRun.Train(_run, listener));
        Assert.Contains("There is no other; training starts again", listener.Told);
        Assert.Equal(SmallRun.Hash(whole), SmallRun.Hash(_run));
    }

    [Fact]
    public void A_run_that_has_lost_its_checkpoints_is_not_begun_again_on_top_of_its_model()
    {
        string before = Kept();
        Action[] losses =
        [
            () => Array.ForEach(Manifests(), File.Delete),
            () => Array.ForEach(Directory.GetDirectories(_run.CheckpointsFolder), path => Directory.Delete(path, recursive: true)),
            () => Directory.Delete(_run.CheckpointsFolder),
        ];
        foreach (Action lose in losses)
        {
            lose();
            UnderpaintException e = Assert.Throws<UnderpaintException>(() => SmallRun.Train(_run));
            Assert.Contains($"{_run.Path} has a model but no checkpoint that can be used", e.What);
            Assert.Contains("delete model.safetensors to begin again", e.Remedy);
            Assert.Throws<UnderpaintException>(() => RecipeAmendment.Apply(_run, ["optimizer.learningRate=0.5"]));
            Assert.Equal(before, Kept());
        }
    }

    [Fact]
    public void Checkpoints_that_only_a_newer_version_can_read_are_not_replaced_and_the_reason_is_said()
    {
        foreach (string manifest in Manifests())
            File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal));
        string before = Kept();
        UnderpaintException e = Assert.Throws<UnderpaintException>(() => SmallRun.Train(_run));
        Assert.Contains($"no checkpoint that can be used. {Path.Combine(_newest, "manifest.json")} has version 2", e.What);
        Assert.Equal(before, Kept());
        Assert.Equal(["000000016", "000000024"], SmallRun.Checkpoints(_run));
    }

    [Fact]
    public void A_missing_folder_of_checkpoints_is_made_anew_where_nothing_has_been_saved_yet()
    {
        RunFolder run = _runs.Start("new");
        Directory.Delete(run.CheckpointsFolder);
        Assert.True(SmallRun.Train(run));
        Assert.Equal(["000000024", "000000032"], SmallRun.Checkpoints(run));
    }

    private string[] Manifests() => Directory.GetFiles(_run.CheckpointsFolder, "manifest.json", SearchOption.AllDirectories);

    // What beginning again would replace.
    private string Kept() => string.Join(' ', new[] { _run.ModelFile, _run.MetricsFile, _run.EnvironmentFile, _run.RecipeFile }
        .Select(path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))));

    private static void Flip(string path, int bit)
    {
        using FileStream file = File.Open(path, FileMode.Open);
        file.Position = bit / 8;
        int value = file.ReadByte();
        file.Position = bit / 8;
        file.WriteByte((byte)(value ^ (1 << (bit % 8))));
    }
}
