using System.IO.Compression;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;

namespace Underpaint.Tests.Data.Sources;

public sealed class ZipSourceTests : IDisposable
{
    private static readonly byte[] Picture = TestImages.Png();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Class_folders_are_the_labels()
    {
        using ZipSource source = Open(
            ("dog/1.png", Picture), ("cat/2.png", Picture), ("readme.txt", [1]), ("__MACOSX/cat/._2.png", [1]));
        Assert.Equal(["cat/2.png", "dog/1.png"], [source.NameOf(0), source.NameOf(1)]);
        Assert.Equal(["cat", "dog"], source.LabelNames);
        Assert.Equal(1, source.LabelOf(1));
        Assert.Equal(8, source.Read(0).Width);
    }

    [Fact]
    public void An_archive_is_read_from_several_threads_at_once()
    {
        using ZipSource source = Open([.. Enumerable.Range(1, 50).Select(i => ($"{i:00}.png", TestImages.Png(i, 1)))]);
        Parallel.For(0, 500, i => Assert.Equal(i % 50 + 1, source.Read(i % 50).Width));
    }

    [Fact]
    public void A_missing_archive_is_an_error() =>
        Assert.Throws<FileFormatException>(() => new ZipSource(_folder.File("none.zip")));

    [Fact]
    public void An_archive_without_images_is_an_error() =>
        Assert.Contains("holds no images", Assert.Throws<UnderpaintException>(() => Open(("a.txt", [1]))).Message);

    [Fact]
    public void A_truncated_archive_is_refused_wherever_it_breaks_off()
    {
        byte[] zip = TestImages.Zip(("a/1.png", Picture), ("a/2.png", Picture));
        for (int length = 0; length < zip.Length; length++)
            Assert.Throws<FileFormatException>(() => Open(zip[..length]));
    }

    [Fact]
    public void An_archive_whose_front_is_missing_is_refused_or_its_images_are()
    {
        byte[] zip = TestImages.Zip(("a/1.png", Picture), ("a/2.png", Picture));
        Assert.Throws<FileFormatException>(() => ReadAll(zip[100..]));
    }

    [Theory]
    [InlineData("../a.png")]
    [InlineData("a/../../b.png")]
    [InlineData("/etc/a.png")]
    [InlineData("C:/a.png")]
    [InlineData("a\\b.png")]
    [InlineData("a\0.png")]
    public void A_name_that_leads_out_of_the_archive_is_refused(string name) =>
        Assert.Contains("forbidden name", Assert.Throws<FileFormatException>(() => Open((name, Picture))).Message);

    [Fact]
    public void A_name_that_occurs_twice_is_refused() =>
        Assert.Contains("twice", Assert.Throws<FileFormatException>(() => Open(("a.png", Picture), ("a.png", Picture))).Message);

    [Fact]
    public void An_encrypted_archive_is_refused()
    {
        byte[] zip = TestImages.Zip(("a.png", Picture));
        zip[DirectoryOf(zip) + 8] |= 1;
        Assert.Contains("encrypted", Assert.Throws<FileFormatException>(() => Open(zip)).Message);
    }

    [Fact]
    public void A_bomb_that_declares_its_size_is_refused_before_it_is_unpacked()
    {
        byte[] zip = TestImages.Zip(("a.png", Picture), ("bomb.png", new byte[70 << 20]));
        using ZipSource source = Open(zip);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("more than the limit", Assert.Throws<FileFormatException>(() => source.Read(1)).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Equal(8, source.Read(0).Width);
    }

    [Theory]
    [InlineData(100)] // less than what comes out
    [InlineData(2_000_000)] // more than what comes out, but possible
    [InlineData(60_000_000)] // more than so few bytes can become
    public void A_bomb_that_lies_about_its_size_is_refused(int declared)
    {
        byte[] zip = TestImages.Zip(("bomb.png", new byte[1 << 20]));
        BitConverter.TryWriteBytes(zip.AsSpan(DirectoryOf(zip) + 24), declared);
        Assert.Contains("length", Assert.Throws<FileFormatException>(() => ReadAll(zip)).Message);
    }

    [Fact]
    public void A_directory_that_declares_more_files_than_it_can_hold_is_refused()
    {
        byte[] zip = TestImages.Zip(("a.png", Picture));
        BitConverter.TryWriteBytes(zip.AsSpan(zip.Length - 12), (ushort)60_000);
        Assert.Contains("does not fit", Assert.Throws<FileFormatException>(() => Open(zip)).Message);
    }

    [Theory]
    [InlineData(2_000_001, 100_000_000)]
    [InlineData(1_000_000, 201_400_000)]
    public void A_directory_beyond_the_limits_is_refused_before_it_is_read(int count, int bytes)
    {
        byte[] end = [.. "PK\x05\x06"u8, 0, 0, 0, 0, .. Enumerable.Repeat((byte)0xFF, 12), 0, 0];
        byte[] end64 = [.. "PK\x06\x06"u8, 44, .. new byte[19], .. BitConverter.GetBytes(0L), .. BitConverter.GetBytes((long)count),
            .. BitConverter.GetBytes((long)bytes), .. BitConverter.GetBytes(0L)];
        byte[] locator = [.. "PK\x06\x07"u8, 0, 0, 0, 0, .. BitConverter.GetBytes(0L), 1, 0, 0, 0];
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<FileFormatException>(() => Open([.. end64, .. locator, .. end]));
        Assert.Contains("the limits are", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000);
    }

    [Fact]
    public void An_endless_name_is_refused()
    {
        using (ZipSource source = Open(count: 1, _ => new string('a', 1020) + ".png"))
            Assert.Equal(1, source.Count);
        Assert.Contains("a name of 1,025 bytes",
            Assert.Throws<FileFormatException>(() => Open(count: 1, _ => new string('a', 1021) + ".png")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_images_are_found_by_name_order_and_class()
    {
        const int Count = 100_000;
        // Not in the order of their names.
        static string NameOf(int i) => $"{(long)i * 77_777 % Count % 100:00}/{(long)i * 77_777 % Count:000000}.png";
        using ZipSource source = Open(Count, NameOf);
        Assert.Equal((Count, 100), (source.Count, source.LabelNames.Count));
        string[] expected = [.. Enumerable.Range(0, Count).Select(NameOf).Order(StringComparer.Ordinal)];
        Assert.Equal(expected, Enumerable.Range(0, Count).Select(source.NameOf));
        Assert.Equal(42, source.LabelOf(Array.BinarySearch(expected, "42/000042.png", StringComparer.Ordinal)));
        Assert.Equal(8, source.Read(Count - 1).Width);
    }

    [Fact]
    public void Names_are_in_the_order_of_their_UTF_16_whatever_they_are_stored_as()
    {
        string[] names = ["z.png", "\uE000.png", "\uFFEE.png", "\U0001F600.png", "\U0010FFFF.png", "\uD7FF.png", "\u00E9.png", "\u0800.png", "a.png", "aa.png"];
        using (ZipSource unicode = Open([.. names.Select(name => (name, Picture))]))
            Assert.Equal(names.Order(StringComparer.Ordinal), Enumerable.Range(0, unicode.Count).Select(unicode.NameOf));
        string[] latin = ["\u00FF.png", "z.png", "\u00E9.png", "\u00E9a.png"];
        using ZipSource source = Open(latin.Length, i => latin[i]);
        Assert.Equal(latin.Order(StringComparer.Ordinal), Enumerable.Range(0, source.Count).Select(source.NameOf));
    }

    [Fact]
    public void A_name_in_UTF_8_and_the_same_in_Latin_1_are_one() => Assert.Contains("holds \"\u00E9.png\" twice",
        Assert.Throws<FileFormatException>(() => Open(2, i => i == 0 ? "\u00E9.png" : "\u00C3\u00A9.png")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(65_536, true)]
    [InlineData(65_537, false)]
    public void More_folders_than_classes_can_be_are_no_classes(int folders, bool areClasses)
    {
        using ZipSource source = Open(folders, i => $"{i}/a.png");
        Assert.Equal(areClasses ? folders : 0, source.LabelNames.Count);
    }

    [Fact]
    public void A_stored_image_is_read_and_a_changed_bit_in_it_noticed()
    {
        byte[] zip = TestImages.Zip(CompressionLevel.NoCompression, ("a.bmp", TestImages.Bmp()));
        Assert.Equal(1, ReadAll(zip));
        zip[DirectoryOf(zip) - 2] ^= 1; // the red of its one pixel
        Assert.Contains("checksum", Assert.Throws<FileFormatException>(() => ReadAll(zip)).Message);
    }

    [Fact]
    public void A_changed_byte_anywhere_never_brings_another_kind_of_error()
    {
        byte[] zip = TestImages.Zip(("a/1.png", Picture), ("dataset.json", """{"labels": [["a/1.png", 0]]}"""u8.ToArray()));
        for (int i = 0; i < zip.Length * 3; i++)
        {
            byte[] changed = [.. zip];
            changed[i / 3] = (i % 3) switch { 0 => 0, 1 => 255, _ => (byte)(changed[i / 3] ^ 1) };
            Assert.True(Record.Exception(() => ReadAll(changed)) is null or UnderpaintException, $"byte {i / 3}");
        }
    }

    [Fact]
    public void An_archive_with_ZIP64_sizes_is_read() =>
        Assert.Equal(1, ReadAll(Zip64(("a.png", Picture))));

    [Fact]
    public void CIFAR_has_10_000_images_with_label_names()
    {
        using var source = new ZipSource(SharedFiles.Path("data", "cifar10-test.zip"));
        Assert.Equal(10_000, source.Count);
        Assert.Equal(["airplane", "automobile", "bird"], source.LabelNames.Take(3));
        Assert.Equal("00000/img00000000.jpg", source.NameOf(0));
        Assert.Equal([5, 9, 2], Enumerable.Range(0, 3).Select(i => source.LabelOf(i)!.Value));
        PixelImage last = source.Read(9_999);
        Assert.Equal((32, 32, 3), (last.Width, last.Height, last.Channels));
    }

    [Fact]
    public void Tiny_ImageNet_has_20_class_folders()
    {
        using var source = new ZipSource(SharedFiles.Path("data", "tiny-imagenet20-val.zip"));
        Assert.Equal((1_000, 20), (source.Count, source.LabelNames.Count));
        Assert.Equal("acorn", source.LabelNames[source.LabelOf(0)!.Value]);
        Assert.Equal(64, source.Read(500).Width);
    }

    /// <summary>The archive with its sizes and directory moved to ZIP64 records, by hand.</summary>
    private static byte[] Zip64((string Name, byte[] Bytes) file)
    {
        byte[] zip = TestImages.Zip(file);
        int directory = DirectoryOf(zip);
        byte[] header = zip[directory..^22];
        long packed = BitConverter.ToUInt32(header, 20), unpacked = BitConverter.ToUInt32(header, 24);
        header.AsSpan(20, 8).Fill(0xFF);
        header.AsSpan(42, 4).Fill(0xFF);
        header[30] = 28;
        byte[] extra = [1, 0, 24, 0, .. BitConverter.GetBytes(unpacked), .. BitConverter.GetBytes(packed), .. BitConverter.GetBytes(0L)];
        long directoryBytes = header.Length + extra.Length;
        byte[] end64 =
        [
            .. "PK\x06\x06"u8, .. BitConverter.GetBytes(44L), 45, 0, 45, 0, .. new byte[8], .. BitConverter.GetBytes(1L),
            .. BitConverter.GetBytes(1L), .. BitConverter.GetBytes(directoryBytes), .. BitConverter.GetBytes((long)directory),
        ];
        byte[] locator = [.. "PK\x06\x07"u8, 0, 0, 0, 0, .. BitConverter.GetBytes(directory + directoryBytes), 1, 0, 0, 0];
        byte[] end = [.. "PK\x05\x06"u8, 0, 0, 0, 0, .. Enumerable.Repeat((byte)0xFF, 12), 0, 0];
        return [.. zip[..directory], .. header, .. extra, .. end64, .. locator, .. end];
    }

    private static int DirectoryOf(byte[] zip) => zip.AsSpan().IndexOf("PK\x01\x02"u8);

    private ZipSource Open(params (string Name, byte[] Bytes)[] files) => Open(TestImages.Zip(files));

    private ZipSource Open(int count, Func<int, string> nameOf)
    {
        string path = _folder.File("many.zip");
        new TestZip(count, nameOf) { Content = Picture }.Write(path);
        return new ZipSource(path);
    }

    private ZipSource Open(byte[] zip)
    {
        string path = _folder.File("data.zip");
        File.WriteAllBytes(path, zip);
        return new ZipSource(path);
    }

    private int ReadAll(byte[] zip)
    {
        using ZipSource source = Open(zip);
        return Enumerable.Range(0, source.Count).Select(source.Read).Count();
    }
}
