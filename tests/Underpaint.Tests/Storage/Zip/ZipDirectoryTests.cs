using Underpaint.Storage.Zip;
using Underpaint.Tests.Data;

namespace Underpaint.Tests.Storage.Zip;

/// <summary>How many files a directory says it has; its other rules are tested where archives are used.</summary>
public sealed class ZipDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(65_536, 0)]
    [InlineData(65_539, 3)]
    public void More_files_than_16_bits_can_count_are_all_found(int files, int declared)
    {
        using ZipReader zip = Open(files, declared, isZip64: false);
        Assert.Equal(files, zip.Entries.Count);
    }

    [Theory]
    [InlineData(3, 0, false)]
    [InlineData(3, 2, false)]
    [InlineData(3, 4, false)]
    [InlineData(65_539, 4, false)]
    [InlineData(65_539, 65_535, false)]
    [InlineData(3, 2, true)]
    [InlineData(3, 4, true)]
    [InlineData(65_539, 3, true)]
    public void Another_count_than_that_of_the_files_is_refused(int files, int declared, bool isZip64) =>
        Assert.Contains("damaged", Assert.Throws<FileFormatException>(() => Open(files, declared, isZip64)).Message, StringComparison.Ordinal);

    private ZipReader Open(int files, int declared, bool isZip64)
    {
        string path = _folder.File("a.zip");
        new TestZip(files, i => $"{i:00000000}.png") { Declared = declared, IsZip64 = isZip64 }.Write(path);
        return new ZipReader(path);
    }
}
