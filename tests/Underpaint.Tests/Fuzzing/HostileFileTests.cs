using Underpaint.Data;
using Underpaint.Harness.Fuzzing;
using Underpaint.Storage;

namespace Underpaint.Tests.Fuzzing;

/// <summary>The hostile files of all formats, given to every reader under every name that it listens to.</summary>
public sealed class HostileFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("safetensors", "h*.safetensors")]
    [InlineData("ckpt", "h_*.pt")]
    [InlineData("lmdb", "h_*")]
    public void No_reader_accepts_a_hostile_file_or_fails_in_another_way(string format, string pattern)
    {
        string[] files = FilesOf(SharedFiles.Path("golden", "small", format), pattern);
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            byte[] bytes = File.ReadAllBytes(file);
            foreach (FuzzTarget target in FuzzTargets.All(Directory.CreateDirectory(_folder.File(Path.GetRandomFileName())).FullName))
            {
                Exception? error = Record.Exception(() => target.Read(bytes));
                // Nothing but a run's metrics and a journal of codes may be empty or cut off: both are what a killed process leaves.
                bool isRefused = error is UnderpaintException || (target.Name is "metrics" or "journal" && error is null);
                Assert.True(isRefused, $"{target.Name} on {file}: {error?.ToString() ?? "accepted"}");
            }
        }
    }

    [Fact]
    public void Databases_and_torch_files_are_no_images_and_no_models()
    {
        string[] files =
        [
            .. FilesOf(SharedFiles.Path("golden", "small", "lmdb"), "b*"),
            .. Directory.GetFiles(SharedFiles.Path("golden", "small", "ckpt")),
        ];
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            Assert.Throws<FileFormatException>(() => SafetensorsFile.Open(file));
            Assert.ThrowsAny<UnderpaintException>(() => ImageSources.Open(file));
        }
    }

    // A database is a folder with its file in it.
    private static string[] FilesOf(string folder, string pattern) =>
        [.. Directory.GetFiles(folder, pattern), .. Directory.GetDirectories(folder, pattern).Select(database => Path.Combine(database, "data.mdb"))];
}
