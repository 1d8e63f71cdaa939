using System.IO.Compression;
using Microsoft.Win32.SafeHandles;
using Underpaint.Storage.Zip;
using Underpaint.Tests.Data;

namespace Underpaint.Tests.Storage.Zip;

/// <summary>Pieces of entries; whole ones are tested where they are used.</summary>
public sealed class ZipReaderTests : IDisposable
{
    // Longer than the block that entries are gone through in.
    private static readonly byte[] Long = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * i >> 8))];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void A_piece_of_an_entry_is_read_wherever_it_lies(CompressionLevel level)
    {
        using ZipReader zip = Open(TestImages.Zip(level, ("first", [1]), ("long", Long)));
        (int, int)[] pieces = [(0, 200_000), (0, 1), (65_535, 2), (65_536, 65_536), (10, 190_000), (199_999, 1), (7, 0)];
        foreach ((int start, int length) in pieces)
        {
            var piece = new byte[length];
            zip.ReadPiece(zip.Entries[1], start, piece);
            Assert.Equal(Long[start..(start + length)], piece);
            if (level == CompressionLevel.NoCompression)
            {
                Array.Clear(piece);
                zip.ReadStoredPiece(zip.Entries[1], start, piece);
                Assert.Equal(Long[start..(start + length)], piece);
            }
        }
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Damage_anywhere_in_the_entry_is_found(CompressionLevel level)
    {
        byte[] bytes = TestImages.Zip(level, ("long", Long));
        bytes[bytes.Length / 2] ^= 1;
        using ZipReader zip = Open(bytes);
        FileFormatException e = Assert.Throws<FileFormatException>(() => zip.ReadPiece(zip.Entries[0], 0, new byte[1]));
        Assert.Equal("long", e.File);
    }

    [Fact]
    public void An_archive_that_was_cut_off_since_it_was_opened_is_an_error()
    {
        using ZipReader zip = Open(TestImages.Zip(CompressionLevel.NoCompression, ("long", Long)));
        ZipEntry beyond = zip.Entries[0] with { HeaderOffset = zip.Length - 10 };
        Assert.Throws<FileFormatException>(() => zip.ReadPiece(beyond, 0, new byte[1]));
        Assert.Throws<FileFormatException>(() => zip.ReadStoredPiece(beyond, 0, new byte[1]));
        Assert.Throws<FileFormatException>(() => zip.ReadStoredPiece(zip.Entries[0], 190_000, new byte[20_000]));
    }

    [Fact]
    public void A_disk_that_fails_says_nothing_about_the_archive()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a file that can be opened but not read");
        // Where a process has no memory, reading it is an I/O error.
        using SafeFileHandle memory = File.OpenHandle("/proc/self/mem");
        Assert.Contains("a.zip", Assert.Throws<UnderpaintException>(() => ZipPiece.Read("a.zip", memory, new byte[1], offset: 0)).What);
    }

    private ZipReader Open(byte[] bytes)
    {
        File.WriteAllBytes(_folder.File("a.zip"), bytes);
        return new ZipReader(_folder.File("a.zip"));
    }
}
