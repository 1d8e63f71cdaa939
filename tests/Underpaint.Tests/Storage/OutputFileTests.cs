using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_in_a_folder_that_is_there_may_be_written_and_nothing_is_made_of_it_yet()
    {
        OutputFile.CheckFolder(_folder.File("scores.csv"));
        OutputFile.CheckFolder("scores.csv");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_that_is_missing_is_named()
    {
        var error = Assert.Throws<UnderpaintException>(() => OutputFile.CheckFolder(_folder.File("scores", "x.csv")));
        Assert.Equal($"There is no folder {_folder.File("scores")} for the file x.csv.", error.What);
        Assert.Contains("Create the folder first", error.Remedy, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("scores")));
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        var error = Assert.Throws<UnderpaintException>(() => OutputFile.CheckFolder(_folder.Path));
        Assert.Contains("is a folder", error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_read_is_not_replaced_however_its_path_is_spelled()
    {
        OutputFile.CheckIsNone("new.npy", "old.npy", "older.npy");
        var error = Assert.Throws<UnderpaintException>(() => OutputFile.CheckIsNone("old.npy", "older.npy", Path.Combine("folder", "..", "old.npy")));
        Assert.StartsWith("old.npy is read for this", error.What, StringComparison.Ordinal);
    }
}
