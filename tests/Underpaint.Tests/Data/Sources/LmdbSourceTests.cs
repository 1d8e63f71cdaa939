using System.Text;
using System.Text.Json;
using SkiaSharp;
using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Tests.Storage.Lmdb;

namespace Underpaint.Tests.Data.Sources;

public sealed class LmdbSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ffhq256.lmdb", "256-00000")]
    [InlineData("horse256.lmdb", "256-0000000")]
    [InlineData("celeba.lmdb", "None-0000000")]
    public void Diff_AE_s_databases_give_the_official_pixels(string name, string first)
    {
        string folder = SharedFiles.Path("golden", "small", "lmdb");
        JsonElement expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json"))).RootElement.GetProperty(name);
        using IImageSource source = ImageSources.Open(Path.Combine(folder, name));
        Assert.Equal(expected.GetProperty("length").GetString(), $"{source.Count}");
        Assert.Equal(first, source.NameOf(0));
        Assert.Empty(source.LabelNames);
        for (int i = 0; i < source.Count; i++)
        {
            JsonElement image = expected.GetProperty("keys").GetProperty(source.NameOf(i));
            PixelImage read = source.Read(i);
            Assert.Equal((image.GetProperty("width").GetInt32(), image.GetProperty("height").GetInt32()), (read.Width, read.Height));
            Assert.Equal(new ImageSize(read.Width, read.Height), source.Measure(i));
            AssertNear(image.GetProperty("decoded_pixel_0_0"), read, 0);
            AssertNear(image.GetProperty("decoded_pixel_last"), read, read.Width * read.Height - 1);
            AssertNear(image.GetProperty("decoded_center"), read, read.Height / 2 * read.Width + read.Width / 2);
        }
    }

    [Fact]
    public void A_database_in_one_file_is_the_same_as_in_its_folder()
    {
        string folder = SharedFiles.Path("golden", "small", "lmdb", "ffhq256.lmdb");
        using IImageSource inFolder = ImageSources.Open(folder), inFile = ImageSources.Open(Path.Combine(folder, "data.mdb"));
        Assert.Equal(inFolder.Fingerprint(), inFile.Fingerprint());
        Assert.Equal(inFolder.Read(11).Pixels, inFile.Read(11).Pixels);
    }

    [Fact]
    public void A_missing_image_is_an_error_of_that_image()
    {
        using IImageSource source = ImageSources.Open(SharedFiles.Path("golden", "small", "lmdb", "missing_index.lmdb"));
        Assert.Equal(3, source.Count);
        Assert.Contains("is missing, though there should be 3 images", Assert.Throws<FileFormatException>(() => source.Read(1)).Message);
        Assert.NotNull(source.Read(2));
    }

    [Fact]
    public void Without_a_length_the_images_are_those_whose_keys_there_are()
    {
        using (IImageSource golden = ImageSources.Open(SharedFiles.Path("golden", "small", "lmdb", "nolength.lmdb")))
            Assert.Equal(["256-00000"], NamesOf(golden));
        using LmdbSource source = Open(Entries(512, ["64-00003", "64-00000", "64-99999", "64-100000", "64-7", "64-x", "65-", "96", "a", "None"]));
        Assert.Equal(["64-00000", "64-00003", "64-99999", "64-100000"], NamesOf(source));
        Assert.Equal(4, source.Read(3).Width);
    }

    [Fact]
    public void Of_several_sizes_the_smallest_that_is_large_enough_is_read()
    {
        using LmdbSource source = Open(TestLmdb.Of(512, 3,
            ("128-00000", TestImages.Png(128, 128, SKColors.Red)), ("64-00000", TestImages.Png(64, 64, SKColors.Lime)),
            ("None-00000", TestImages.Png(178, 218, SKColors.Blue)), ("length", "1"u8.ToArray())));
        Assert.Contains("(in sizes 64, 128, None;", source.Description);
        Assert.Equal([0, 255, 0], source.Read(0, new DataOptions { Size = 32 }).Pixels[..3]);
        Assert.Equal([0, 255, 0], source.Read(0, new DataOptions { Size = 64 }).Pixels[..3]);
        Assert.Equal([255, 0, 0], source.Read(0, new DataOptions { Size = 65 }).Pixels[..3]);
        Assert.Equal([0, 0, 255], source.Read(0, new DataOptions { Size = 256 }).Pixels[..3]);
        Assert.Equal([0, 0, 255], source.Read(0, new DataOptions { Size = 64, Crop = ImageCrop.Celeba }).Pixels[..3]);
        Assert.Equal((178, "None-00000"), (source.Read(0).Width, source.NameOf(0)));
    }

    [Fact]
    public void More_sizes_than_anyone_needs_are_refused() =>
        Assert.Contains("more than 16 sizes", Assert.Throws<FileFormatException>(
            () => Open(Entries(512, [.. Enumerable.Range(1, 17).Select(size => $"{size}-00000")]))).Message);

    [Theory]
    [InlineData("0")]
    [InlineData("3")] // more than there are entries
    [InlineData("99999999999")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("")]
    [InlineData("000000000000000000000000000001")]
    public void A_length_that_cannot_be_is_refused(string length)
    {
        byte[] database = TestLmdb.Of(512, 3, ("256-00000", TestImages.Bmp()), ("length", Encoding.ASCII.GetBytes(length)));
        Assert.Contains("says in \"length\"", Assert.Throws<FileFormatException>(() => Open(database)).Message);
    }

    [Fact]
    public void A_database_of_something_else_is_an_error()
    {
        Assert.Contains("holds no images that Diff-AE would find",
            Assert.Throws<UnderpaintException>(() => ImageSources.Open(SharedFiles.Path("golden", "small", "lmdb", "btree.lmdb"))).Message);
        Assert.Throws<UnderpaintException>(() => Open(Entries(512, [.. Enumerable.Range(0, 3000).Select(i => $"{i}")])));
        Assert.Throws<UnderpaintException>(() => Open(TestLmdb.Of(512, 3)));
    }

    [Theory]
    [InlineData("h_truncated", "needs")]
    [InlineData("h_bad_magic", "meta page 0 has not the mark")]
    [InlineData("h_bad_version", "only the format of LMDB 0.9")]
    [InlineData("h_empty", "has 0 bytes")]
    [InlineData("h_root_out_of_range", "tree begins at page")]
    [InlineData("h_page_loop", "is not the leaf")]
    public void A_hostile_database_is_refused_for_its_reason(string name, string reason)
    {
        FileFormatException error = Assert.Throws<FileFormatException>(() =>
        {
            using IImageSource source = ImageSources.Open(SharedFiles.Path("golden", "small", "lmdb", $"{name}.lmdb"));
            for (int i = 0; i < source.Count; i++)
                _ = source.Read(i);
        });
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void What_is_no_image_or_too_long_is_an_error_of_that_image()
    {
        byte[] database = TestLmdb.OfImages("256", 5, TestImages.Bmp(), "hello"u8.ToArray(), [], new byte[2000], TestImages.Bmp());
        using LmdbSource source = Open(database, new DecodeLimits { MaxBytes = 1000 });
        Assert.Contains("256-00001 is not a JPEG", Assert.Throws<FileFormatException>(() => source.Read(1)).Message);
        Assert.Throws<FileFormatException>(() => source.Read(2, new DataOptions()));
        Assert.Contains("more than the limit of 1,000", Assert.Throws<FileFormatException>(() => source.Measure(3)).Message);
        Assert.Equal(1, source.Read(4).Width);
        SourceReport report = DataScan.Run(source);
        Assert.Equal([1, 2, 3], report.Unreadable.Select(image => image.Index));
    }

    [Fact]
    public void A_database_is_read_from_several_threads_at_once()
    {
        using LmdbSource source = Open(TestLmdb.OfImages("32", 7, [.. Enumerable.Range(1, 50).Select(i => TestImages.Png(i, 1))]));
        Parallel.For(0, 500, i => Assert.Equal(i % 50 + 1, source.Read(i % 50).Width));
    }

    [Fact]
    public void What_LMDB_itself_wrote_is_read()
    {
        string folder = Directory.CreateDirectory(_folder.File("db")).FullName;
        byte[][] images = [.. Enumerable.Range(1, 300).Select(i => TestImages.Png(i, 20, new SKColor((uint)(0xFF000000 + i * 999))))];
        using (var lmdb = new SystemLmdb(folder))
        {
            foreach (int i in new RandomSource(1, "order").NextOrder(images.Length))
                lmdb.Write([($"64-{i:0000000}", images[i])]);
            lmdb.Write([("length", "300"u8.ToArray())], ["64-0000007"]);
        }
        using IImageSource source = ImageSources.Open(folder);
        Assert.Equal(300, source.Count);
        Assert.Throws<FileFormatException>(() => source.Read(7));
        Assert.All(Enumerable.Range(0, 300).Where(i => i != 7), i => Assert.Equal(ImageDecoder.Decode(images[i], "a").Pixels, source.Read(i).Pixels));
    }

    [Fact]
    public void The_fingerprint_shows_another_image_and_not_another_place()
    {
        byte[] bmp = TestImages.Bmp(), black = [.. bmp];
        black[^4] ^= 255;
        var seen = new HashSet<string>();
        Assert.True(seen.Add(Fingerprint(TestLmdb.OfImages("256", 5, bmp, bmp))));
        Assert.True(seen.Add(Fingerprint(TestLmdb.OfImages("256", 5, bmp, black))));
        Assert.True(seen.Add(Fingerprint(TestLmdb.OfImages("256", 7, bmp, bmp))));
        Assert.True(seen.Add(Fingerprint(TestLmdb.OfImages("256", 5, bmp, bmp, bmp))));
        Assert.False(seen.Add(Fingerprint(TestLmdb.Of(4096, 9, ("256-00000", bmp), ("256-00001", bmp), ("length", "2"u8.ToArray())))));
    }

    [Fact]
    public void Damage_within_an_image_does_not_keep_the_others_from_being_read()
    {
        byte[] database = TestLmdb.OfImages("256", 5, TestImages.Bmp(), new byte[600], TestImages.Bmp());
        database[2 * 512] ^= 1; // the number of the long value's first page
        using LmdbSource source = Open(database);
        Assert.Contains("does not begin a value of 600 bytes", Assert.Throws<FileFormatException>(() => source.Read(1)).Message);
        Assert.Equal(1, source.Read(2).Width);
        Assert.Matches("^[0-9a-f]{32}$", source.Fingerprint());
    }

    private static byte[] Entries(int pageSize, string[] keys) => TestLmdb.Of(pageSize, 3, [.. keys.Select(key => (key, TestImages.Png(4, 4)))]);

    private static IEnumerable<string> NamesOf(IImageSource source) => Enumerable.Range(0, source.Count).Select(source.NameOf);

    private static void AssertNear(JsonElement expected, PixelImage image, int pixel)
    {
        for (int c = 0; c < 3; c++)
            Assert.InRange(image.Pixels[pixel * 3 + c] - expected[c].GetInt32(), -3, 3);
    }

    private string Fingerprint(byte[] database)
    {
        using LmdbSource source = Open(database);
        return source.Fingerprint();
    }

    private LmdbSource Open(byte[] database, DecodeLimits? limits = null)
    {
        string path = _folder.File("test.lmdb");
        File.Delete(path);
        File.WriteAllBytes(path, database);
        return new LmdbSource(path, limits);
    }
}
