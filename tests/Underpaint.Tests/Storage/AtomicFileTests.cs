using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

public class AtomicFileTests
{
    // Create, write, flush, rename, flush the folder.
    private const int StepsOfAWrite = 5;

    [Fact]
    public void A_file_is_replaced_whole_and_leaves_nothing_else_behind()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteText(folder.File("a.txt"), "old");
        AtomicFile.WriteText(folder.File("a.txt"), "nëw");
        Assert.Equal("nëw"u8.ToArray(), File.ReadAllBytes(folder.File("a.txt")));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Whatever_step_fails_the_file_is_the_old_or_the_new_one_and_the_error_says_what_to_do()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.txt");
        int step = 0;
        while (true)
        {
            File.WriteAllText(path, "old");
            using var files = new InjectedFiles(Fault.Full, ++step);
            try
            {
                AtomicFile.Write(path, stream => stream.Write("new"u8), files);
                Assert.False(files.Happened);
                break;
            }
            catch (UnderpaintException e)
            {
                Assert.Contains(path, e.Message, StringComparison.Ordinal);
                Assert.Contains("Free some space", e.Remedy, StringComparison.Ordinal);
            }
            Assert.True(File.ReadAllText(path) is "old" or "new");
            Assert.Single(Directory.GetFiles(folder.Path));
        }
        Assert.Equal(StepsOfAWrite + 1, step);
    }

    [Fact]
    public void A_process_that_dies_at_any_step_leaves_the_old_or_the_new_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.txt");
        for (int step = 1; step <= StepsOfAWrite; step++)
        {
            File.WriteAllText(path, "old");
            using var files = new InjectedFiles(Fault.Killed, step);
            Assert.Throws<UnderpaintException>(() => AtomicFile.Write(path, stream => stream.Write("new"u8), files));
            Assert.True(File.ReadAllText(path) is "old" or "new");
        }
        AtomicFile.RemoveLeftovers(folder.Path);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void What_is_left_of_one_file_is_removed_and_what_is_left_of_others_stays()
    {
        using var folder = new TemporaryFolder();
        string left = folder.File(".a.txt.q1w2.tmp"), other = folder.File(".b.txt.q1w2.tmp");
        File.WriteAllText(left, "");
        File.WriteAllText(other, "");
        AtomicFile.Write(folder.File("a.txt"), stream =>
        {
            AtomicFile.RemoveLeftoversOf(folder.File("a.txt"));
            stream.Write("new"u8);
        });
        Assert.Equal([other, folder.File("a.txt")], Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));
        AtomicFile.RemoveLeftoversOf(folder.File("missing", "a.txt"));
    }

    [Fact]
    public void A_disk_that_is_really_full_is_recognised()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full, which Linux has");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
        IOException e = Assert.Throws<IOException>(() =>
        {
            full.WriteByte(1);
            full.Flush();
        });
        Assert.Contains("Free some space", DiskError.Writing("a.txt", e).Remedy, StringComparison.Ordinal);
        Assert.Throws<IOException>(full.Dispose);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_an_error_that_names_the_path()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");
        foreach (string path in (string[])[folder.File("file", "a.txt"), folder.File("missing", "a.txt"), folder.Path])
        {
            UnderpaintException e = Assert.Throws<UnderpaintException>(() => AtomicFile.WriteText(path, "x"));
            Assert.Contains(path, e.What, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_error_of_the_writer_itself_passes_through_and_the_old_file_stays()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.txt"), "old");
        Assert.Throws<InvalidOperationException>(
            () => AtomicFile.Write(folder.File("a.txt"), _ => throw new InvalidOperationException()));
        Assert.Equal("old", File.ReadAllText(folder.File("a.txt")));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_writer_may_close_its_stream()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.Write(folder.File("a.txt"), stream =>
        {
            using var writer = new StreamWriter(stream);
            writer.Write("text");
        });
        Assert.Equal("text", File.ReadAllText(folder.File("a.txt")));
    }

    [Fact]
    public void Leftovers_are_removed_but_not_from_under_a_writer()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(".a.txt.dead.tmp"), "x");
        AtomicFile.Write(folder.File("a.txt"), stream =>
        {
            AtomicFile.RemoveLeftovers(folder.Path);
            stream.Write("alive"u8);
        });
        Assert.Equal([folder.File("a.txt")], Directory.GetFiles(folder.Path));
    }
}
