using System.Text;
using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

public class CheckpointStoreTests
{
    private const string Start = """{"format":"underpaint-checkpoint","version":1,"imagesSeen":100,""";

    [Fact]
    public void What_is_saved_is_found_again()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.File("checkpoints"), keep: 3);
        Assert.Null(store.FindNewest().Newest);
        Assert.Null(store.Save(400_000, Parts("weights")));

        CheckpointSearch search = store.FindNewest();
        Assert.Empty(search.Rejected);
        Assert.Equal(400_000, search.Newest!.ImagesSeen);
        Assert.Equal(folder.File("checkpoints", "000400000"), search.Newest.Folder);
        Assert.Equal(["weights.bin", "position.json"], search.Newest.Names);
        Assert.Equal("weights", Content(search.Newest));
        Assert.Throws<FileFormatException>(() => search.Newest.OpenRead("optimiser.bin"));
    }

    [Fact]
    public void The_oldest_beyond_those_to_be_kept_are_removed()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path, keep: 2);
        foreach (long imagesSeen in (long[])[0, 100, 200, 1_000_000_000])
            Assert.Null(store.Save(imagesSeen, Parts("x")));
        Assert.Equal(["000000200", "1000000000"], Folders(folder));
    }

    [Fact]
    public void A_broken_checkpoint_does_not_count_as_kept()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path, keep: 2);
        store.Save(100, Parts("x"));
        store.Save(200, Parts("x"));
        File.Delete(folder.File("000000200", "weights.bin"));
        store.Save(300, Parts("x"));
        Assert.Equal(["000000100", "000000200", "000000300"], Folders(folder));
        store.Save(400, Parts("x"));
        Assert.Equal(["000000300", "000000400"], Folders(folder));
    }

    [Fact]
    public void A_run_that_went_back_keeps_what_it_saves()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path, keep: 2);
        foreach (long imagesSeen in (long[])[100, 800, 900])
            store.Save(imagesSeen, Parts("x"));
        Directory.Delete(folder.File("000000800"), recursive: true);
        store.Save(100, Parts("x"));
        store.Save(200, Parts("x"));
        Assert.Equal(["000000100", "000000200", "000000900"], Folders(folder));
    }

    [Fact]
    public void Whatever_step_of_a_save_fails_an_older_checkpoint_is_found_and_the_error_says_what_to_do()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path, keep: 2);
        store.Save(100, Parts("a"));
        store.Save(200, Parts("b"));
        int saves = 0;
        for (int step = 1; saves == 0; step++)
        {
            using var files = new InjectedFiles(Fault.Full, step);
            try
            {
                // A failed tidying is told, not thrown: the checkpoint is on the disk by then.
                if (new CheckpointStore(folder.Path, 2, files).Save(300, Parts("c")) is null && !files.Happened)
                    saves++;
                Assert.Equal(300, store.FindNewest().Newest!.ImagesSeen);
            }
            catch (UnderpaintException e)
            {
                Assert.Contains("300 images", e.What, StringComparison.Ordinal);
                Assert.Contains("Free some space", e.Remedy, StringComparison.Ordinal);
            }
            Assert.Empty(store.FindNewest().Rejected);
            Assert.True(store.FindNewest().Newest!.ImagesSeen >= 200);
        }
        Assert.Equal(["000000200", "000000300"], Folders(folder));
    }

    [Fact]
    public void A_process_that_dies_at_any_step_of_a_save_loses_nothing_and_the_next_save_clears_up()
    {
        bool died = true;
        for (int step = 1; died; step++)
        {
            using var folder = new TemporaryFolder();
            var store = new CheckpointStore(folder.Path, keep: 2);
            store.Save(100, Parts("a"));
            store.Save(200, Parts("b"));
            died = SaveAndDie(folder, step, 300);
            Assert.Empty(store.FindNewest().Rejected);
            Assert.True(store.FindNewest().Newest!.ImagesSeen >= 200);

            store.Save(300, Parts("c"));
            Assert.Equal("c", Content(store.FindNewest().Newest!));
            Assert.Equal(["000000200", "000000300"], Folders(folder));
        }
    }

    [Fact]
    public void What_saves_left_behind_is_removed_and_checkpoints_stay()
    {
        using var folder = new TemporaryFolder();
        new CheckpointStore(folder.File("missing"), keep: 2).RemoveLeftovers();
        var store = new CheckpointStore(folder.Path, keep: 2);
        store.Save(100, Parts("a"));
        Directory.CreateDirectory(folder.File(".tmp-dead"));
        store.RemoveLeftovers();
        Assert.Equal(["000000100"], Folders(folder));
    }

    [Fact]
    public void Replacing_a_checkpoint_never_leaves_its_position_empty()
    {
        bool died = true;
        for (int step = 1; died; step++)
        {
            using var folder = new TemporaryFolder();
            var store = new CheckpointStore(folder.Path, keep: 2);
            store.Save(100, Parts("only"));
            died = SaveAndDie(folder, step, 100);
            CheckpointSearch search = store.FindNewest();
            Assert.Equal(100, search.Newest!.ImagesSeen);
            Assert.True(Content(search.Newest) is "only" or "new");

            store.Save(100, Parts("again"));
            Assert.Equal("again", Content(store.FindNewest().Newest!));
            Assert.Equal(["000000100"], Folders(folder));
        }
    }

    [Fact]
    public void Any_flipped_bit_is_noticed_and_the_older_checkpoint_is_used()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path, keep: 2);
        store.Save(100, Parts("a"));
        store.Save(200, Parts("b"));
        foreach (string path in Directory.GetFiles(folder.File("000000200")))
        {
            byte[] good = File.ReadAllBytes(path);
            // Every third bit meets every byte twice or more, and each of its eight bits in some byte.
            for (int bit = 0; bit < 8 * good.Length; bit += 3)
            {
                byte[] bad = [.. good];
                bad[bit / 8] ^= (byte)(1 << (bit % 8));
                File.WriteAllBytes(path, bad);
                CheckpointSearch search = store.FindNewest();
                Assert.True(search.Newest!.ImagesSeen == 100, $"bit {bit} of {path} went unnoticed");
                Assert.Equal(folder.File("000000200"), Assert.Single(search.Rejected).Folder);
            }
            File.WriteAllBytes(path, good);
        }
        Assert.Equal(200, store.FindNewest().Newest!.ImagesSeen);
    }

    [Theory]
    [InlineData("weights.bin", 3, "3 bytes")]
    [InlineData("weights.bin", -1, "is missing")]
    [InlineData("manifest.json", 30, "is damaged")]
    [InlineData("manifest.json", 0, "is damaged")]
    [InlineData("manifest.json", -1, "Cannot read")]
    public void A_file_that_is_cut_or_missing_is_noticed(string name, int length, string reason)
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path, keep: 2);
        store.Save(100, Parts("a"));
        store.Save(200, Parts("bbbb"));
        string path = folder.File("000000200", name);
        if (length < 0)
            File.Delete(path);
        else
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);

        CheckpointSearch search = store.FindNewest();
        Assert.Equal(100, search.Newest!.ImagesSeen);
        Assert.Contains(reason, Assert.Single(search.Rejected).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"format":"underpaint-checkpoint","version":1,"imagesSeen":100}""")]
    [InlineData("""{"format":"other","version":1,"imagesSeen":100,"files":[]}""")]
    [InlineData("""{"format":"underpaint-checkpoint","version":2,"imagesSeen":100,"files":[]}""")]
    [InlineData("""{"format":"underpaint-checkpoint","version":1,"imagesSeen":101,"files":[]}""")]
    [InlineData(Start + """ "files":null}""")]
    [InlineData(Start + """ "files":[null]}""")]
    [InlineData(Start + """ "files":[],"more":1}""")]
    [InlineData("""{"format":"underpaint-checkpoint","version":1,"version":1,"imagesSeen":100,"files":[]}""")]
    [InlineData(Start + """ "files":[{"name":"../../x","length":0,"sha256":""}]}""")]
    [InlineData(Start + """ "files":[{"name":"x","length":-1,"sha256":""}]}""")]
    [InlineData(Start + """ "files":[{"name":null,"length":0,"sha256":""}]}""")]
    [InlineData("""{"format":"underpaint-checkpoint","version":1,"imagesSeen":1e99,"files":[]}""")]
    public void A_manifest_that_breaks_a_rule_is_rejected(string manifest)
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path, keep: 2);
        store.Save(100, Parts("a"));
        File.WriteAllText(folder.File("000000100", "manifest.json"), manifest);
        CheckpointSearch search = store.FindNewest();
        Assert.Null(search.Newest);
        Assert.Single(search.Rejected);
    }

    [Fact]
    public void A_manifest_too_large_is_not_read()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path, keep: 2);
        store.Save(100, Parts("a"));
        using (FileStream manifest = File.OpenWrite(folder.File("000000100", "manifest.json")))
            manifest.SetLength(1L << 33);
        RejectedCheckpoint rejected = Assert.Single(store.FindNewest().Rejected);
        Assert.Contains("more than a manifest can have", rejected.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("Manifest.json")]
    public void A_part_needs_a_plain_name(string name)
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path, keep: 2);
        Assert.Throws<ArgumentException>(() => store.Save(1, [new CheckpointPart(name, _ => { })]));
        Assert.Empty(Folders(folder));
    }

    [Fact]
    public void A_part_that_throws_leaves_no_trace()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path, keep: 2);
        Assert.Throws<InvalidOperationException>(
            () => store.Save(1, [.. Parts("a"), new CheckpointPart("bad", _ => throw new InvalidOperationException())]));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_an_error_that_names_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");
        string below = folder.File("file", "checkpoints");
        UnderpaintException e = Assert.Throws<UnderpaintException>(() => new CheckpointStore(below, 2).Save(1, Parts("a")));
        Assert.Contains(below, e.What, StringComparison.Ordinal);
    }

    // False where the save has fewer steps than that.
    private static bool SaveAndDie(TemporaryFolder folder, int step, long imagesSeen)
    {
        using var files = new InjectedFiles(Fault.Killed, step);
        try
        {
            _ = new CheckpointStore(folder.Path, 2, files).Save(imagesSeen, Parts("new"));
        }
        catch (UnderpaintException)
        {
            // The process is dead; only what it left on the disk matters.
        }
        return files.Happened;
    }

    private static CheckpointPart[] Parts(string weights) =>
    [
        new("weights.bin", stream => stream.Write(Encoding.UTF8.GetBytes(weights))),
        new("position.json", stream => stream.Write("{}"u8)),
    ];

    private static string Content(Checkpoint checkpoint)
    {
        using var reader = new StreamReader(checkpoint.OpenRead("weights.bin"));
        return reader.ReadToEnd();
    }

    private static IEnumerable<string?> Folders(TemporaryFolder folder) =>
        Directory.GetDirectories(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
