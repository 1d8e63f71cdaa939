using Underpaint.Data;
using Underpaint.Data.Sources;

namespace Underpaint.Cli.Tests.Verbs;

public sealed class ReconstructVerbTests(TinyRun tiny) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_and_folders_become_pictures_and_a_sheet()
    {
        string single = Pictures.Write(_folder.File("good-1.png"));
        string folder = Pictures.WriteFolder(_folder, good: 2, corrupt: 1);
        Outcome outcome = Run(single, folder);
        Assert.Contains("3 images reconstructed in 2 steps", outcome.Succeeded());
        Assert.Contains("corrupt-0.png", outcome.Error);
        Assert.Contains("1 image could not be read", outcome.Error);
        Assert.Equal(
            ["good-0.reconstruction.png", "good-1-2.reconstruction.png", "good-1.reconstruction.png", "reconstructions-01.png"],
            Directory.EnumerateFiles(_folder.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using IImageSource written = ImageSources.Open(_folder.File("out", "good-0.reconstruction.png"));
        Assert.Equal((16, 16), (written.Read(0).Width, written.Read(0).Height));
    }

    [Fact]
    public void The_same_seed_gives_the_same_picture_and_an_exact_one_is_another()
    {
        string image = Pictures.Write(_folder.File("a.png"));
        byte[] Picture(params string[] options)
        {
            Run([image, .. options]).Succeeded();
            return File.ReadAllBytes(_folder.File("out", "a.reconstruction.png"));
        }
        byte[] first = Picture("--seed", "1");
        Assert.Equal(first, Picture("--seed", "1"));
        Assert.NotEqual(first, Picture("--seed", "2"));
        Assert.NotEqual(first, Picture("--exact"));
        Assert.NotEqual(first, Picture("--grid", "uniform"));
    }

    [Fact]
    public void An_image_that_is_not_there_is_an_error_before_anything_is_written()
    {
        Run(_folder.File("none.png")).FailedWith(ExitCode.Failed, "none.png");
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public void A_file_that_is_no_image_is_an_error()
    {
        File.WriteAllText(_folder.File("notes.txt"), "hello");
        Run(_folder.File("notes.txt")).FailedWith(ExitCode.Failed, "notes.txt", "nor an image");
    }

    [Fact]
    public void Only_corrupt_images_are_an_error() =>
        Run(Pictures.WriteFolder(_folder, good: 0, corrupt: 2)).FailedWith(ExitCode.Failed, "Not one image");

    [Fact]
    public void A_folder_below_a_file_cannot_be_the_output()
    {
        string image = Pictures.Write(_folder.File("a.png"));
        Cli.Run("reconstruct", tiny.Folder, image, "--out", Path.Combine(image, "out"), "--device", "cpu")
            .FailedWith(ExitCode.Failed, "Cannot write");
    }

    private Outcome Run(params string[] images) =>
        Cli.Run(["reconstruct", tiny.Folder, .. images, "--out", _folder.File("out"), "--steps", "2", "--device", "cpu"]);
}
