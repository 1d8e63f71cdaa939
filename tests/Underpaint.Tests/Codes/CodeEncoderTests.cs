using Underpaint.Codes;
using Underpaint.Codes.Files;
using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;
using Underpaint.Tests.Codes.Files;
using Underpaint.Tests.Data;
using Underpaint.Tests.Runs;
using Underpaint.Tests.Storage;

namespace Underpaint.Tests.Codes;

public sealed class CodeEncoderTests : IDisposable
{
    private const int Images = 150;
    private readonly TemporaryFolder _folder = new();
    private readonly DiffusionAutoencoder _model = TinyModel.Create();

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string> Kinds { get; } = [".safetensors", ".npy", ".parquet"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_code_file_holds_codes_names_classes_origin_and_statistics(string kind)
    {
        using Ornaments source = Tiny.Images(Images);
        string path = Encode(kind, new());
        using ICodeSource codes = CodeFile.Open(path);
        CodeRows all = Assert.Single(RowGroups.Of(codes.Read(), Images));
        Assert.Equal(Enumerable.Range(0, Images), all.Indices);
        Assert.Equal(Enumerable.Range(0, Images).Select(source.NameOf), all.Files);
        Assert.Equal(Enumerable.Range(0, Images).Select(i => source.LabelOf(i)!.Value), all.Labels);
        Assert.Equal(source.LabelNames, codes.LabelNames);
        Assert.Equal((_model.Identity, source.Fingerprint(), Images), (codes.Origin.Model, codes.Origin.Fingerprint, codes.Origin.Images));

        using ImageBatch batch = ImageBatch.From(PixelBatch.Load(source, [.. all.Indices], _model.Recipe.Data));
        using CodeBatch expected = _model.Encode(batch);
        float[] values = expected.Tensor.ToArray();
        Assert.True(values.Zip(all.Codes).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5));
        float[] third = [.. all.Codes.Where((_, i) => i % 16 == 3)];
        double mean = third.Average(value => (double)value);
        CodeStatistics statistics = SampleCodes.HeaderIn(path).Statistics!;
        Assert.Equal(mean, statistics.Mean[3], 1e-9);
        Assert.Equal(Math.Sqrt(third.Sum(value => (value - mean) * (value - mean)) / (Images - 1)), statistics.Deviation[3], 1e-9);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void However_many_shards_their_joint_file_is_the_same_to_the_byte(string kind)
    {
        byte[] whole = Bytes(Encode(kind, new()));
        foreach (int count in new[] { 2, 3 })
        {
            string[] shards = [.. Enumerable.Range(1, count).Select(number => Encode($".{number}-of-{count}{kind}", new() { Shard = new(number, count) }))];
            string joint = _folder.File($"joint-{count}{kind}");
            CodeJoiner.Join([.. shards.Reverse()], joint);
            Assert.Equal(whole, Bytes(joint));
        }

        byte[] Bytes(string path) => [.. File.ReadAllBytes(path), .. kind == ".npy" ? File.ReadAllBytes(path + ".json") : []];
    }

    [Fact]
    public void Interrupted_anywhere_the_same_call_goes_on_to_the_same_bytes()
    {
        byte[] whole = File.ReadAllBytes(Encode(".safetensors", new()));
        string path = _folder.File("stopped.safetensors");
        using var source = new CountedSource(Tiny.Images(Images));
        for (int stops = 1; stops <= 2; stops++)
        {
            using var stop = new CancellationTokenSource();
            int told = 0;
            Assert.ThrowsAny<OperationCanceledException>(() => CodeEncoder.Run(_model, source, path, new(), _ => Tell(stop), stop.Token));
            Assert.False(File.Exists(path));

            void Tell(CancellationTokenSource ask)
            {
                // First of what was there already, then of each batch.
                if (++told == 2)
                    ask.Cancel();
            }
        }
        CodeEncoder.Run(_model, source, path, new());
        Assert.Equal(whole, File.ReadAllBytes(path));
        Assert.Equal(Images, source.Reads);
        Assert.False(File.Exists(CodeEncoder.PartOf(path)));
    }

    [Fact]
    public void A_batch_that_a_crash_cut_off_is_encoded_again()
    {
        byte[] whole = File.ReadAllBytes(Encode(".safetensors", new()));
        string path = _folder.File("killed.safetensors"), part = CodeEncoder.PartOf(path);
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Run(path, new(), done =>
        {
            if (done > 0)
                stop.Cancel();
        }, stop.Token));
        byte[] begun = File.ReadAllBytes(part);
        foreach (int left in new[] { 0, 5, 300, begun.Length / 2, begun.Length - 1 })
        {
            File.WriteAllBytes(part, begun[..left]);
            Run(path, new());
            Assert.Equal(whole, File.ReadAllBytes(path));
            File.Delete(path);
        }
    }

    [Fact]
    public void A_crash_while_the_file_is_written_is_mended_by_the_same_call()
    {
        string path = Encode(".npy", new());
        byte[] whole = File.ReadAllBytes(path + ".json");
        using (ICodeSource codes = CodeFile.Open(path))
        using (CodeJournal journal = CodeJournal.Open(CodeEncoder.PartOf(path), CodeHeader.Unfinished(codes.Origin, codes.LabelNames)))
        {
            foreach (CodeRows rows in codes.Read())
                journal.Add(rows, journal.Next + rows.Count);
        }
        File.Delete(path + ".json");
        Run(path, new());
        Assert.Equal(whole, File.ReadAllBytes(path + ".json"));
        Assert.False(File.Exists(CodeEncoder.PartOf(path)));
    }

    [Fact]
    public void What_was_begun_for_something_else_is_not_gone_on_with()
    {
        string path = _folder.File("a.safetensors");
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Run(path, new(), _ => stop.Cancel(), stop.Token));
        var error = Assert.Throws<UnderpaintException>(() => Run(path, new() { Limit = 100 }));
        Assert.Contains("was begun otherwise (images 150, not 100; share 0–149, not 0–99)", error.Message);
        using DiffusionAutoencoder other = TinyModel.Create(seed: 2);
        using Ornaments source = Tiny.Images(Images);
        Assert.Contains($"(model {_model.Identity[..12]}…, not {other.Identity[..12]}…)",
            Assert.Throws<UnderpaintException>(() => CodeEncoder.Run(other, source, path, new())).Message);
    }

    [Fact]
    public void Images_whose_classes_have_changed_are_noticed_before_and_after_the_end()
    {
        string path = Encode(".npy", new());
        using var relabelled = new CountedSource(Tiny.Images(Images), label: 1);
        Assert.Contains("fingerprint of their classes", Refused());
        File.Delete(path);
        File.Delete(path + ".json");
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Run(path, new(), _ => stop.Cancel(), stop.Token));
        Assert.Contains("fingerprint of their classes", Refused());
        Assert.Equal(0, relabelled.Reads);

        string Refused() => Assert.Throws<UnderpaintException>(() => CodeEncoder.Run(_model, relabelled, path, new())).What;
    }

    [Fact]
    public void Stopped_while_the_file_is_written_it_keeps_what_is_done()
    {
        byte[] whole = File.ReadAllBytes(Encode(".safetensors", new()));
        string path = _folder.File("stopped.safetensors");
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Run(path, new(), done =>
        {
            if (done == Images)
                stop.Cancel();
        }, stop.Token));
        Assert.Equal([CodeEncoder.PartOf(path)], Directory.GetFiles(_folder.Path, "*stopped*"));
        Run(path, new());
        Assert.Equal(whole, File.ReadAllBytes(path));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_shard_without_an_image_that_can_be_read_is_a_part_of_the_whole(string kind)
    {
        using var source = new MemorySource(Images, unreadable: [.. Enumerable.Range(64, 64)]);
        string whole = _folder.File($"whole{kind}"), joint = _folder.File($"joint{kind}");
        CodeEncoder.Run(_model, source, whole, new());
        string[] shards = [.. Enumerable.Range(1, 3).Select(number => _folder.File($"{number}{kind}"))];
        EncodingResult[] results = [.. shards.Select((shard, i) => CodeEncoder.Run(_model, source, shard, new() { Shard = new(i + 1, 3) }))];
        Assert.Equal([(64, 0), (0, 64), (22, 0)], results.Select(result => (result.Count, result.Unreadable)));
        Assert.Equal(0, CodeEncoder.Run(_model, source, shards[1], new() { Shard = new(2, 3) }).Count);
        CodeJoiner.Join(shards, joint);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(joint));
        Assert.Contains("not one code", Assert.Throws<FileFormatException>(() => CodeJoiner.Join(shards[1..2], _folder.File($"none{kind}"))).Message);
    }

    [Fact]
    public void A_finished_file_is_left_alone_and_something_else_is_never_replaced()
    {
        string path = Encode(".safetensors", new());
        DateTime written = File.GetLastWriteTimeUtc(path);
        using var source = new CountedSource(Tiny.Images(Images));
        Assert.Equal(Images, CodeEncoder.Run(_model, source, path, new()).Count);
        Assert.Equal((0, written), (source.Reads, File.GetLastWriteTimeUtc(path)));
        Assert.Contains("something else", Assert.Throws<UnderpaintException>(() => Run(path, new() { Limit = 64 })).Message);
    }

    [Fact]
    public void Images_that_cannot_be_read_are_left_out_and_the_others_keep_their_numbers()
    {
        using var source = new MemorySource(70, unreadable: [0, 3, 66]);
        string path = _folder.File("a.npy");
        EncodingResult result = CodeEncoder.Run(_model, source, path, new());
        Assert.Equal((67, 3), (result.Count, result.Unreadable));
        Assert.Equal(["image 0", "image 3", "image 66"], result.Skipped.Select(image => image.Name));
        using ICodeSource codes = CodeFile.Open(path);
        Assert.Equal(Enumerable.Range(0, 70).Except([0, 3, 66]), codes.Read().SelectMany(rows => rows.Indices));
        using var none = new MemorySource(2, unreadable: [0, 1]);
        Assert.Contains("Not one", Assert.Throws<UnderpaintException>(() => CodeEncoder.Run(_model, none, _folder.File("none.npy"), new())).Message);
        Assert.Empty(Directory.GetFiles(_folder.Path, "none*"));
    }

    [Fact]
    public void A_disk_that_fails_on_the_way_is_an_error_and_what_is_done_is_kept()
    {
        string photos = _folder.File("photos"), whole = _folder.File("whole.safetensors"), path = _folder.File("a.safetensors");
        SmallRun.WriteImages(photos, 100, seed: 3);
        using var source = new FolderSource(photos);
        CodeEncoder.Run(_model, source, whole, new());

        FileStream? held = null;
        var error = Assert.Throws<UnderpaintException>(() => CodeEncoder.Run(_model, source, path, new(), done =>
            held = done == 64 ? HeldFile.Hold(Path.Combine(photos, "80.png")) : null));
        held!.Dispose();
        Assert.Contains("80.png", error.What);
        Assert.False(File.Exists(path));

        var told = new List<int>();
        EncodingResult result = CodeEncoder.Run(_model, source, path, new(), told.Add);
        Assert.Equal((100, 0), (result.Count, result.Unreadable));
        Assert.Equal([64, 100], told);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(path));
    }

    [Fact]
    public void How_the_path_of_the_images_is_spelled_makes_no_difference()
    {
        string photos = _folder.File("photos"), path = _folder.File("a.safetensors");
        SmallRun.WriteImages(photos, 3, seed: 3);
        using var stop = new CancellationTokenSource();
        using var source = new FolderSource(photos);
        Assert.ThrowsAny<OperationCanceledException>(() => CodeEncoder.Run(_model, source, path, new(), _ => stop.Cancel(), stop.Token));
        using var again = new FolderSource(photos + "/");
        Assert.NotEqual(source.Description, again.Description);
        CodeEncoder.Run(_model, again, path, new());
        using ICodeSource codes = CodeFile.Open(path);
        Assert.Equal((3, again.Description), (codes.Count, codes.Origin.Data));
    }

    [Fact]
    public void What_is_done_goes_on_in_another_format()
    {
        byte[] whole = File.ReadAllBytes(Encode(".safetensors", new()));
        using var stop = new CancellationTokenSource();
        string begun = _folder.File("a.npy"), path = _folder.File("b.safetensors");
        Assert.ThrowsAny<OperationCanceledException>(() => Run(begun, new(), done =>
        {
            if (done > 0)
                stop.Cancel();
        }, stop.Token));
        File.Move(CodeEncoder.PartOf(begun), CodeEncoder.PartOf(path));
        var told = new List<int>();
        Run(path, new(), told.Add);
        Assert.Equal([64, 128, 150], told);
        Assert.Equal(whole, File.ReadAllBytes(path));
    }

    [Fact]
    public void Codes_of_another_precision_are_not_gone_on_with_and_those_of_an_unknown_one_are()
    {
        var options = new EncodingOptions { Limit = 64 };
        string path = Encode(".npy", options), beside = path + ".json", json = File.ReadAllText(beside);
        const string Here = "\"precision\":\"float32\"";
        Assert.Contains(Here, json);
        File.WriteAllText(beside, json.Replace(Here, "\"precision\":\"bfloat16\""));
        Assert.Contains("codes that were made otherwise (precision bfloat16, not float32)", Assert.Throws<UnderpaintException>(() => Run(path, options)).Message);
        File.WriteAllText(beside, json.Replace(Here, "\"precision\":null"));
        Run(path, options);

        using ICodeSource codes = CodeFile.Open(path);
        CodeJournal.Open(CodeEncoder.PartOf(path), CodeHeader.Unfinished(codes.Origin with { Precision = "bfloat16" }, codes.LabelNames)).Dispose();
        Assert.Contains("was begun otherwise (precision bfloat16, not float32)", Assert.Throws<UnderpaintException>(() => Run(path, options)).Message);
    }

    [Fact]
    public void Names_that_there_is_no_room_for_beside_an_npy_file_are_refused_before_any_work()
    {
        using var source = new CountedSource(Tiny.Images(2300), name: new string('n', 60_000));
        string path = _folder.File("a.npy");
        Assert.EndsWith("no such limit.", Refused());
        File.WriteAllBytes(CodeEncoder.PartOf(path), []);
        Assert.Contains($"rename {CodeEncoder.PartOf(path)} to {_folder.File("a.safetensors.part")}", Refused());
        Assert.Equal(0, source.Reads);

        string Refused() => Assert.Throws<UnderpaintException>(() => CodeEncoder.Run(_model, source, path, new())).Remedy;
    }

    [Fact]
    public void A_second_process_is_kept_out()
    {
        string path = _folder.File("a.safetensors");
        Exception? second = null;
        Run(path, new() { Limit = 64 }, _ => second ??= Record.Exception(() => Run(path, new() { Limit = 64 })));
        Assert.Contains("another process", Assert.IsType<UnderpaintException>(second).Message);
    }

    [Fact]
    public void More_shards_than_batches_and_unknown_endings_are_refused_before_any_work()
    {
        Assert.Contains("at most 3 shards", Assert.Throws<UnderpaintException>(() => Encode(".npy", new() { Shard = new(1, 4) })).Message);
        Assert.Contains("ending", Assert.Throws<UnderpaintException>(() => Encode(".csv", new())).Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_model_of_the_highest_noise_has_no_stochastic_codes()
    {
        using DiffusionAutoencoder structure = TinyModel.Create(imagesSeen: 48);
        using Ornaments source = Tiny.Images();
        var error = Assert.Throws<UnderpaintException>(() => CodeEncoder.Run(structure, source, _folder.File("a.npy"), new() { InversionSteps = 2 }));
        Assert.Contains("highest noise", error.Message);
    }

    private string Encode(string kind, EncodingOptions options)
    {
        string path = _folder.File($"codes{kind}");
        Run(path, options);
        return path;
    }

    private void Run(string path, EncodingOptions options, Action<int>? progress = null, CancellationToken stop = default)
    {
        using Ornaments source = Tiny.Images(Images);
        CodeEncoder.Run(_model, source, path, options, progress, stop);
    }
}
