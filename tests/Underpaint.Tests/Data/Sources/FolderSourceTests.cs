using System.Runtime.Versioning;
using Underpaint.Data.Sources;
using Underpaint.Tests.Storage;

namespace Underpaint.Tests.Data.Sources;

public sealed class FolderSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_are_found_in_all_sub_folders_in_ordinal_order()
    {
        Write("b.png", "a/z/deep.PNG", "B.jpeg", "a.gif", "a/notes.txt");
        using var source = new FolderSource(_folder.Path);
        Assert.Equal(["B.jpeg", "a.gif", "a/z/deep.PNG", "b.png"], Names(source));
        Assert.Empty(source.LabelNames);
        Assert.Null(source.LabelOf(0));
        Assert.Equal(8, source.Read(2).Width);
    }

    [Fact]
    public void Sub_folders_are_the_classes()
    {
        Write("dog/1.png", "cat/x/2.png", "cat/3.png");
        using var source = new FolderSource(_folder.Path);
        Assert.Equal(["cat", "dog"], source.LabelNames);
        Assert.Equal([0, 0, 1], Enumerable.Range(0, 3).Select(i => source.LabelOf(i)!.Value));
    }

    [Fact]
    public void A_folder_that_holds_all_classes_is_none()
    {
        Write("photos/set/dog/1.png", "photos/set/cat/x/2.png", "photos/set/cat/3.png");
        using var source = new FolderSource(_folder.Path);
        Assert.Equal(["cat", "dog"], source.LabelNames);
        Assert.Equal([0, 0, 1], Enumerable.Range(0, 3).Select(i => source.LabelOf(i)!.Value));
    }

    [Theory]
    [InlineData("photos/1.png", "photos/2.png")]
    [InlineData("photos/1.png", "photos/cat/2.png")]
    [InlineData("photos/cat/1.png")]
    public void A_folder_that_all_images_share_tells_no_class(params string[] names)
    {
        Write(names);
        using var source = new FolderSource(_folder.Path);
        Assert.Empty(source.LabelNames);
        Assert.Null(source.LabelOf(0));
    }

    [Fact]
    public void Hidden_files_and_folders_are_skipped()
    {
        Write("a.png", ".hidden.png", ".cache/b.png");
        using var source = new FolderSource(_folder.Path);
        Assert.Equal(["a.png"], Names(source));
    }

    [Fact]
    public void A_run_among_the_images_is_skipped_and_can_be_looked_into_by_its_own_name()
    {
        Write("cat/1.png", "dog/2.png", "runs/0001-a/images/3.png");
        Directory.CreateDirectory(_folder.File("runs", "0001-a", "checkpoints"));
        File.WriteAllText(_folder.File("runs", "0001-a", "recipe.json"), "{}");
        using var source = new FolderSource(_folder.Path);
        Assert.Equal(["cat/1.png", "dog/2.png"], Names(source));
        Assert.Equal(["cat", "dog"], source.LabelNames);
        using var run = new FolderSource(_folder.File("runs", "0001-a"));
        Assert.Equal(["images/3.png"], Names(run));
    }

    [Fact]
    public void A_loop_of_links_does_not_go_on_for_ever()
    {
        Write("a/1.png");
        Directory.CreateSymbolicLink(_folder.File("a", "loop"), _folder.Path);
        using var source = new FolderSource(_folder.Path);
        Assert.Equal(["a/1.png"], Names(source));
    }

    [Fact]
    public void A_missing_folder_is_an_error() =>
        Assert.Contains("cannot be listed",
            Assert.Throws<UnderpaintException>(() => new FolderSource(_folder.File("nothing"))).Message);

    [Fact]
    public void An_empty_folder_is_an_error() =>
        Assert.Contains("holds no images", Assert.Throws<UnderpaintException>(() => new FolderSource(_folder.Path)).Message);

    [Fact]
    public void A_folder_of_other_files_is_an_error()
    {
        Write("a.txt", "b.mp4");
        Assert.Contains("holds no images", Assert.Throws<UnderpaintException>(() => new FolderSource(_folder.Path)).Message);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_may_not_be_read_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "needs a user whom file rights bind");
        Write("a/1.png");
        File.SetUnixFileMode(_folder.File("a"), UnixFileMode.None);
        try
        {
            Assert.Contains("cannot be listed", Assert.Throws<UnderpaintException>(() => new FolderSource(_folder.Path)).Message);
        }
        finally
        {
            File.SetUnixFileMode(_folder.File("a"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void An_image_deleted_since_is_reported_like_a_damaged_one()
    {
        Write("a.png", "b.png");
        using var source = new FolderSource(_folder.Path);
        File.Delete(_folder.File("a.png"));
        Assert.Equal(_folder.File("a.png"), Assert.Throws<FileFormatException>(() => source.Read(0)).File);
        Assert.Equal(8, source.Read(1).Width);
    }

    [Fact]
    public void A_folder_that_is_gone_for_a_moment_is_no_missing_image()
    {
        Write("photos/cat/a.png");
        string photos = _folder.File("photos"), away = _folder.File("away");
        using var source = new FolderSource(photos);
        Directory.Move(photos, away);
        Assert.Contains($"Cannot read {photos} ", Assert.Throws<UnderpaintException>(() => source.Read(0)).What, StringComparison.Ordinal);
        Directory.Move(away, photos);
        Assert.Equal(8, source.Read(0).Width);
    }

    [Fact]
    public void A_link_to_itself_a_pipe_and_an_empty_file_are_reported_like_damaged_images_and_stop_nothing()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mkfifo"), "needs the program mkfifo");
        Write("a.png");
        File.CreateSymbolicLink(_folder.File("b-loop.png"), _folder.File("b-loop.png"));
        using (var made = System.Diagnostics.Process.Start("/usr/bin/mkfifo", _folder.File("c-pipe.png")))
            made.WaitForExit();
        File.CreateSymbolicLink(_folder.File("d-link.png"), _folder.File("c-pipe.png"));
        File.WriteAllText(_folder.File("e-empty.png"), "");
        using var source = new FolderSource(_folder.Path);
        Assert.NotEmpty(source.Fingerprint());
        for (int i = 0; i < source.Count; i++)
        {
            if (source.NameOf(i) == "a.png")
                Assert.Equal(8, source.Read(i).Width);
            else
                Assert.Equal(_folder.File(source.NameOf(i)), Assert.Throws<FileFormatException>(() => source.Read(i)).File);
        }
    }

    [Fact]
    public void A_disk_that_fails_is_no_damaged_image()
    {
        Write("a.png");
        using var source = new FolderSource(_folder.Path);
        using (HeldFile.Hold(_folder.File("a.png")))
        {
            Assert.Contains("a.png", Assert.Throws<UnderpaintException>(() => source.Read(0)).What);
            Assert.Throws<UnderpaintException>(source.Fingerprint);
        }
        Assert.Equal(8, source.Read(0).Width);
    }

    [Fact]
    public void A_file_beyond_the_limit_is_refused_before_it_is_read()
    {
        Write("a.png");
        using (FileStream file = File.OpenWrite(_folder.File("a.png")))
            file.SetLength(100L << 20);
        using var source = new FolderSource(_folder.Path);
        Assert.Contains("more than the limit", Assert.Throws<FileFormatException>(() => source.Read(0)).Message);
    }

    private void Write(params string[] names)
    {
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
            File.WriteAllBytes(_folder.File(name), TestImages.Png());
        }
    }

    private static IEnumerable<string> Names(FolderSource source) => Enumerable.Range(0, source.Count).Select(source.NameOf);
}
