using System.Text.Json.Nodes;
using Underpaint.Codes;
using Underpaint.Codes.Latents;
using Underpaint.Machine;
using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Tests.Codes.Latents;
using Underpaint.Tests.Storage;

namespace Underpaint.Tests.Runs;

public sealed class LatentRunTests : IDisposable
{
    private static readonly LatentRecipe Recipe = new()
    {
        Images = 160,
        Network = new() { Width = 16, Layers = 3 },
        Optimizer = new() { LearningRate = 1e-2, Batch = 16, Warmup = 32 },
        Checkpoint = new() { Every = 48, Keep = 2 },
    };

    private static readonly ComputeDevice OtherDevice = Tiny.Device with { Threads = Tiny.Device.Threads + 1 };

    private readonly TemporaryFolder _folder = new();
    private readonly CodeTable _codes = SampleTable.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_that_was_stopped_goes_on_to_the_same_file_bit_for_bit()
    {
        Assert.True(Train("whole.safetensors", Recipe));
        Assert.False(Train("parts.safetensors", Recipe, stopAt: 64));
        Assert.False(File.Exists(_folder.File("parts.safetensors")));
        Assert.True(Train("parts.safetensors", Recipe));
        Assert.Equal(File.ReadAllBytes(_folder.File("whole.safetensors")), File.ReadAllBytes(_folder.File("parts.safetensors")));
    }

    [Fact]
    public void A_training_that_was_killed_goes_on_from_its_last_checkpoint_to_the_same_file()
    {
        Assert.True(Train("whole.safetensors", Recipe));
        Assert.Throws<InvalidOperationException>(() => Train("killed.safetensors", Recipe, killAt: 80));
        using (LatentRun run = Open("killed.safetensors", Recipe))
        {
            Assert.Equal(48, run.StartedAt);
            Assert.True(run.Train());
        }
        Assert.Equal(File.ReadAllBytes(_folder.File("whole.safetensors")), File.ReadAllBytes(_folder.File("killed.safetensors")));
    }

    [Fact]
    public void What_a_killed_save_left_behind_is_removed_when_the_training_is_taken_up()
    {
        string leftover = Path.Combine(LatentRun.FolderOf(_folder.File("a.safetensors")), "checkpoints", ".tmp-dead");
        Directory.CreateDirectory(leftover);
        using LatentRun run = Open("a.safetensors", Recipe);
        Assert.False(Directory.Exists(leftover));
    }

    [Fact]
    public void A_resume_with_other_threads_is_told_until_the_end()
    {
        Assert.False(Train("a.safetensors", Recipe, stopAt: 32));
        Assert.False(Train("a.safetensors", Recipe, stopAt: 64, device: OtherDevice));
        using LatentRun run = Open("a.safetensors", Recipe);
        List<string> notes = [];
        Assert.True(run.Train(onNote: notes.Add));
        (int few, int more) = (Tiny.Device.Threads, OtherDevice.Threads);
        Assert.Contains($"threads was {few}, now {more}; threads was {more}, now {few}.", Assert.Single(notes));
    }

    [Fact]
    public void A_resume_that_saved_nothing_changes_nothing_for_the_next_one()
    {
        Assert.False(Train("a.safetensors", Recipe, stopAt: 32));
        using (LatentRun other = Open("a.safetensors", Recipe, device: OtherDevice))
            Assert.False(other.Train(stop: new(canceled: true)));
        using LatentRun run = Open("a.safetensors", Recipe);
        List<string> notes = [];
        Assert.True(run.Train(onNote: notes.Add));
        Assert.Empty(notes);
    }

    [Fact]
    public void With_more_images_a_finished_training_goes_on()
    {
        Assert.True(Train("a.safetensors", Recipe));
        using LatentRun run = Open("a.safetensors", Recipe with { Images = 200 });
        Assert.Equal(160, run.StartedAt);
        Assert.True(run.Train());
        Assert.Equal(208, LatentFile.Describe(_folder.File("a.safetensors")).ImagesSeen);
    }

    [Fact]
    public void The_metrics_have_each_position_once_also_after_a_kill()
    {
        LatentRecipe longer = Recipe with { Images = 16 * 500 };
        Assert.Throws<InvalidOperationException>(() => Train("a.safetensors", longer, killAt: 80));
        Assert.True(Train("a.safetensors", longer));
        JsonObject[] lines = [.. new MetricsLog(Path.Combine(LatentRun.FolderOf(_folder.File("a.safetensors")), "metrics.jsonl")).ReadAll()];
        Assert.Equal(Enumerable.Range(1, 500).Select(i => 16 * i), lines.Select(line => (int)line["imagesSeen"]!));
    }

    [Fact]
    public void Other_codes_and_another_recipe_are_refused_and_nothing_is_touched()
    {
        Assert.True(Train("a.safetensors", Recipe));
        byte[] before = File.ReadAllBytes(_folder.File("a.safetensors"));
        CodeTable others = SampleTable.Create(32);
        Assert.Contains("belongs to a training on other codes",
            Assert.Throws<UnderpaintException>(() => new LatentRun(_folder.File("a.safetensors"), others, Recipe, Tiny.Device)).What, StringComparison.Ordinal);
        Assert.Throws<UnderpaintException>(() => Open("a.safetensors", Recipe with { Seed = 1 }));
        Assert.Throws<UnderpaintException>(() => Open("a.safetensors", Recipe with { Images = 16 }));
        Assert.Equal(before, File.ReadAllBytes(_folder.File("a.safetensors")));
    }

    [Fact]
    public void A_finished_model_is_not_trained_over_without_its_checkpoints()
    {
        Assert.True(Train("a.safetensors", Recipe));
        byte[] before = File.ReadAllBytes(_folder.File("a.safetensors"));
        string folder = LatentRun.FolderOf(_folder.File("a.safetensors"));
        // Another model was put in its place.
        Assert.True(Train("b.safetensors", Recipe, codes: SampleTable.Create(32)));
        File.Copy(_folder.File("b.safetensors"), _folder.File("a.safetensors"), overwrite: true);
        Assert.Contains("no checkpoint of these codes", Refused());
        File.WriteAllBytes(_folder.File("a.safetensors"), before);
        Directory.Delete(Path.Combine(folder, "checkpoints"), recursive: true);
        Assert.Contains("no checkpoint of these codes", Refused());
        Directory.Delete(folder, recursive: true);
        Assert.Contains("no checkpoint of these codes", Refused());
        Assert.False(Directory.Exists(folder));
        Assert.Equal(before, File.ReadAllBytes(_folder.File("a.safetensors")));

        string Refused() => Assert.Throws<UnderpaintException>(() => Open("a.safetensors", Recipe)).What;
    }

    [Fact]
    public void A_second_process_and_a_file_of_something_else_are_refused()
    {
        using (LatentRun first = Open("a.safetensors", Recipe))
            Assert.Contains("is being written by process", Assert.Throws<RunInUseException>(() => Open("a.safetensors", Recipe)).What, StringComparison.Ordinal);
        AtomicFile.Write(_folder.File("b.safetensors"), stream => SafetensorsWriter.Write(stream, []));
        Assert.Contains("is something else", Assert.Throws<UnderpaintException>(() => Open("b.safetensors", Recipe)).What, StringComparison.Ordinal);
        File.WriteAllText(_folder.File("c.safetensors"), "a letter");
        Assert.Contains("is something else", Assert.Throws<UnderpaintException>(() => Open("c.safetensors", Recipe)).What, StringComparison.Ordinal);
        Assert.Contains("ending", Assert.Throws<UnderpaintException>(() => Open("b.npy", Recipe)).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_that_diverges_says_so_and_saves_nothing()
    {
        using LatentRun run = Open("a.safetensors", Recipe);
        using (TorchSharp.torch.no_grad())
            run.Trainer.Network.Weights.Values.fill_(float.NaN);
        Assert.Contains("no longer a number", Assert.Throws<UnderpaintException>(() => run.Train()).What, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(LatentRun.FolderOf(_folder.File("a.safetensors")), "checkpoints")));
    }

    [Fact]
    public void The_last_save_is_tried_until_the_disk_has_room_and_the_file_is_the_same()
    {
        Assert.True(Train("whole.safetensors", Recipe));
        using var broken = new InjectedFiles(Fault.Full, _ => false);
        int waits = 0;
        var time = new ImpatientTime(_ =>
        {
            broken.FailsAlways = ++waits < 3;
            return true;
        });
        List<string> notes = [];
        using (var run = new LatentRun(_folder.File("a.safetensors"), _codes, Recipe, Tiny.Device, time, broken))
            Assert.True(run.Train(step => broken.FailsAlways = step.ImagesSeen == Recipe.Images, notes.Add));
        Assert.Equal(3, waits);
        Assert.Single(notes, note => note.Contains("This last save is tried again every 30 s", StringComparison.Ordinal));
        Assert.Equal(File.ReadAllBytes(_folder.File("whole.safetensors")), File.ReadAllBytes(_folder.File("a.safetensors")));
    }

    // As a step would whose update overflows.
    [Fact]
    public void Weights_that_are_no_numbers_end_the_training_instead_of_a_save()
    {
        List<string> notes = [];
        using LatentRun run = Open("a.safetensors", Recipe);
        UnderpaintException error = Assert.Throws<UnderpaintException>(() => run.Train(step =>
        {
            using var noGradients = TorchSharp.torch.no_grad();
            if (step.ImagesSeen == 48)
                run.Trainer.Network.Weights.Values.fill_(float.NaN);
        }, notes.Add));
        Assert.Contains("no longer numbers after 48 images", error.What, StringComparison.Ordinal);
        Assert.Empty(notes);
    }

    private LatentRun Open(string file, LatentRecipe recipe, CodeTable? codes = null, ComputeDevice? device = null) =>
        new(_folder.File(file), codes ?? _codes, recipe, device ?? Tiny.Device);

    private bool Train(string file, LatentRecipe recipe, long stopAt = long.MaxValue, long killAt = long.MaxValue, CodeTable? codes = null,
        ComputeDevice? device = null)
    {
        using var stop = new CancellationTokenSource();
        using LatentRun run = Open(file, recipe, codes, device);
        return run.Train(step =>
        {
            if (step.ImagesSeen == killAt)
                throw new InvalidOperationException("killed");
            if (step.ImagesSeen == stopAt)
                stop.Cancel();
        }, stop: stop.Token);
    }
}
