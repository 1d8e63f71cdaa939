using System.Text.Json.Nodes;
using Underpaint.Runs;
using Underpaint.Storage;

namespace Underpaint.Tests.Runs;

/// <summary>When a resumed run may promise the same bits, and when it must not.</summary>
public sealed class ResumeExactnessTests : IDisposable
{
    private const string Promise = "The result will not be bit for bit";
    private readonly SmallRun _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Nothing_changed_needs_no_word()
    {
        RunFolder run = _runs.Start("a");
        Stop(run, 8);
        Assert.DoesNotContain(Promise, Finish(run));
    }

    [Fact]
    public void Other_images_under_the_same_name_are_noticed_until_the_end_of_the_run()
    {
        string data = _runs.File("images");
        SmallRun.WriteImages(data, 12, seed: 1);
        RunFolder run = _runs.Start("a", data);
        Stop(run, 8, data);
        SmallRun.WriteImages(data, 12, seed: 2);
        Stop(run, 20, data);
        string told = Finish(run, data);
        Assert.Contains(Promise, told);
        Assert.Contains($"{data} holds other images than before", told);
        Assert.Equal([$"{data} holds other images than before"], RunEnvironment.Read(run).Departures);
    }

    [Fact]
    public void A_resume_that_trained_nothing_leaves_no_mark()
    {
        string data = _runs.File("images");
        SmallRun.WriteImages(data, 12, seed: 1);
        RunFolder run = _runs.Start("a", data);
        Stop(run, 8, data);
        SmallRun.WriteImages(data, 12, seed: 2);
        // Stopped before its first step; then the right images are put back.
        Assert.False(SmallRun.Train(run, data: data, stop: new(canceled: true)));
        SmallRun.WriteImages(data, 12, seed: 1);
        Assert.DoesNotContain(Promise, Finish(run, data));
    }

    [Fact]
    public void A_resume_that_saved_nothing_changes_nothing_for_the_next_one()
    {
        RunFolder run = _runs.Start("a");
        Stop(run, 8);
        string before = File.ReadAllText(run.EnvironmentFile);
        using (TrainingData data = TrainingData.Open(SmallRun.Data, null, SmallRun.Recipe))
        using (var other = new TrainingRun(run, data, Tiny.Device with { Threads = Tiny.Device.Threads + 1 }))
            Assert.False(other.Train(new Listener(), new(canceled: true)));
        Assert.Equal(before, File.ReadAllText(run.EnvironmentFile));
    }

    [Fact]
    public void A_resume_that_saved_is_what_the_next_one_goes_on_from()
    {
        RunFolder run = _runs.Start("a");
        Stop(run, 8);
        using (TrainingData data = TrainingData.Open(SmallRun.Data, null, SmallRun.Recipe))
        using (var other = new TrainingRun(run, data, Tiny.Device with { Threads = Tiny.Device.Threads + 1 }) { MakesReports = false })
            Assert.True(other.Train(new Listener()));
        Assert.Equal(Tiny.Device.Threads + 1, RunEnvironment.Read(run).Threads);
    }

    [Fact]
    public void Moved_images_are_the_same_images()
    {
        string data = _runs.File("images"), moved = _runs.File("moved");
        SmallRun.WriteImages(data, 12, seed: 1);
        RunFolder run = _runs.Start("a", data);
        Stop(run, 8, data);
        Directory.Move(data, moved);
        Assert.DoesNotContain(Promise, Finish(run, moved));
    }

    [Theory]
    [InlineData("threads", 77, "threads was 77, now ")]
    [InlineData("torch", "1.0", "libtorch was 1.0, now ")]
    [InlineData("underpaint", "0.0.1", "Underpaint was 0.0.1, now ")]
    [InlineData("dotNet", ".NET 9", ".NET was .NET 9, now ")]
    [InlineData("processor", "MMX", "processor was MMX, now ")]
    [InlineData("device", "cuda", "device was cuda, now cpu")]
    [InlineData("trainingImages", 1, "training images was 1, now 11")]
    public void Whatever_else_the_bits_depend_on_is_told(string key, object then, string reason)
    {
        RunFolder run = _runs.Start("a");
        Stop(run, 8);
        Rewrite(run, environment => environment[key] = JsonValue.Create(then));
        Assert.Contains(reason, Finish(run));
    }

    [Theory]
    [InlineData("""{"ImagesSeen":16,"Updates":2}""")]
    [InlineData("""{"ImagesSeen":8,"Updates":-1}""")]
    [InlineData("""{"ImagesSeen":8}""")]
    [InlineData("null")]
    [InlineData("8")]
    [InlineData("")]
    public void A_checkpoint_that_lies_about_its_position_is_an_error(string position)
    {
        RunFolder run = _runs.Start("a");
        Stop(run, 8);
        Replace(run, "position.json", System.Text.Encoding.UTF8.GetBytes(position));
        FileFormatException e = Assert.Throws<FileFormatException>(() => SmallRun.Train(run));
        Assert.Contains("position.json does not tell the position", e.What);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"data":null}""")]
    public void An_environment_that_is_none_is_an_error(string environment)
    {
        RunFolder run = _runs.Start("a");
        Stop(run, 8);
        File.WriteAllText(run.EnvironmentFile, environment);
        Assert.Equal(run.EnvironmentFile, Assert.Throws<FileFormatException>(() => RunStart.ReopenData(run)).File);
    }

    [Fact]
    public void An_environment_of_gigabytes_is_not_read()
    {
        RunFolder run = _runs.Start("a");
        using (FileStream file = File.Create(run.EnvironmentFile))
            file.SetLength(1L << 33);
        Assert.Throws<FileFormatException>(() => RunEnvironment.Read(run));
    }

    private static void Stop(RunFolder run, long at, string data = SmallRun.Data)
    {
        using var stop = new CancellationTokenSource();
        var listener = new Listener(step =>
        {
            if (step.ImagesSeen == at)
                stop.Cancel();
        });
        Assert.False(SmallRun.Train(run, listener, data: data, stop: stop.Token));
    }

    private static string Finish(RunFolder run, string data = SmallRun.Data)
    {
        var listener = new Listener();
        Assert.True(SmallRun.Train(run, listener, data: data));
        return listener.Told;
    }

    private static void Rewrite(RunFolder run, Action<JsonNode> change)
    {
        JsonNode environment = JsonNode.Parse(File.ReadAllText(Path.Combine(run.CheckpointsFolder, "000000008", RunEnvironment.FileName)))!;
        change(environment);
        Replace(run, RunEnvironment.FileName, System.Text.Encoding.UTF8.GetBytes(environment.ToJsonString()));
    }

    // Saves the checkpoint anew with another file, so that its manifest vouches for it.
    private static void Replace(RunFolder run, string name, byte[] content)
    {
        var store = new CheckpointStore(run.CheckpointsFolder, keep: 2);
        Checkpoint old = store.FindNewest().Newest!;
        var files = old.Names.ToDictionary(file => file, file => file == name ? content : File.ReadAllBytes(old.PathOf(file)));
        Assert.Null(store.Save(old.ImagesSeen, [.. files.Select(file => new CheckpointPart(file.Key, stream => stream.Write(file.Value)))]));
    }
}
