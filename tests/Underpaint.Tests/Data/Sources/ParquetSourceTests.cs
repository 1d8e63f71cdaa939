using Parquet;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;

namespace Underpaint.Tests.Data.Sources;

public sealed class ParquetSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<CompressionMethod, bool> Forms
    {
        get
        {
            var forms = new TheoryData<CompressionMethod, bool>();
            foreach (CompressionMethod codec in (CompressionMethod[])[CompressionMethod.None, CompressionMethod.Snappy, CompressionMethod.Gzip, CompressionMethod.Brotli, CompressionMethod.Zstd])
            {
                forms.Add(codec, false);
                forms.Add(codec, true);
            }
            return forms;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_codec_is_read_with_and_without_dictionaries(CompressionMethod codec, bool hasDictionary)
    {
        using ParquetSource source = Open(Sample(codec, hasDictionary));
        Assert.Equal(7, source.Count);
        Assert.Equal(["cat", "dog", "owl"], source.LabelNames);
        for (int i = 0; i < 7; i++)
        {
            Assert.Equal(($"train/{i}.png", (int?)(i % 3)), (source.NameOf(i), source.LabelOf(i)));
            Assert.Equal(i + 1, source.Read(i).Width);
            Assert.Equal(TestImages.Png(i + 1, 2), source.ReadEncoded(i));
        }
    }

    [Theory]
    [InlineData("snappy")]
    [InlineData("zstd")]
    [InlineData("gzip-plain")]
    public void What_Apache_Arrow_writes_is_read(string name)
    {
        // Written by its C++ library, as pyarrow's files are: 6 rows in groups of 4, the fourth without an image.
        string path = Path.Combine(AppContext.BaseDirectory, "Data", "Sources", "Arrow", $"{name}.parquet");
        using var source = new ParquetSource([path]);
        Assert.Equal((6, "img5.png", "class 2"), (source.Count, source.NameOf(5), source.LabelNames[source.LabelOf(5)!.Value]));
        Assert.Contains("has no image", Assert.Throws<FileFormatException>(() => source.Read(3)).Message);
        Assert.Equal([3, 5, 3, 3, 5], new[] { 0, 1, 2, 4, 5 }.Select(i => source.Read(i).Width));
    }

    [Theory]
    [InlineData(CompressionMethod.LZ4)]
    [InlineData(CompressionMethod.Lz4Raw)]
    public void Other_codecs_are_refused_by_name(CompressionMethod codec) =>
        Assert.Contains("is compressed by Lz4", Assert.Throws<FileFormatException>(() => Open(Sample(codec, false))).Message);

    [Fact]
    public void A_row_without_an_image_is_one_that_cannot_be_read()
    {
        using ParquetSource source = Open(new TestParquet { Images = [TestImages.Png(), null, TestImages.Png(3, 3)], Labels = [1, null, -1] });
        Assert.Equal((8, 3), (source.Read(0).Width, source.Read(2).Width));
        Assert.Contains("has no image", Assert.Throws<FileFormatException>(() => source.Read(1)).Message);
        Assert.Equal([1, null, null], [source.LabelOf(0), source.LabelOf(1), source.LabelOf(2)]);
        Assert.Equal("00000002", source.NameOf(2));
    }

    [Fact]
    public void Paths_that_are_missing_or_not_different_give_way_to_numbers()
    {
        byte[][] images = [TestImages.Png(), TestImages.Png()];
        using ParquetSource same = Open(new TestParquet { Images = images, Paths = ["a.png", "a.png"] });
        Assert.Equal(["00000000", "00000001"], [same.NameOf(0), same.NameOf(1)]);
        using ParquetSource missing = Open(new TestParquet { Images = images, Paths = ["a.png", null] });
        Assert.Equal("00000001", missing.NameOf(1));
    }

    [Theory]
    [InlineData("label")]
    [InlineData("labels")]
    [InlineData("fine_label")]
    public void Classes_are_found_under_their_usual_names(string column)
    {
        using ParquetSource source = Open(new TestParquet { Images = [TestImages.Png()], Labels = [2], LabelColumn = column, ImageColumn = "img" });
        Assert.Equal((2, 3), (source.LabelOf(0), source.LabelNames.Count));
    }

    [Fact]
    public void Classes_may_be_another_column_that_the_metadata_tells_or_names()
    {
        using ParquetSource told = Open(new TestParquet { Images = [TestImages.Png()], Labels = [0], LabelColumn = "breed", LabelNames = ["pug"] });
        Assert.Equal(["pug"], told.LabelNames);
        using ParquetSource names = Open(new TestParquet { Images = [TestImages.Png(), TestImages.Png()], LabelTexts = ["dog", "cat"] });
        Assert.Equal(["cat", "dog"], names.LabelNames);
        Assert.Equal((1, 0), (names.LabelOf(0), names.LabelOf(1)));
    }

    [Fact]
    public void More_classes_than_names_are_an_error() => Assert.Contains("uses the class 3",
        Assert.Throws<FileFormatException>(() => Open(new TestParquet { Images = [TestImages.Png()], Labels = [3], LabelNames = ["a", "b"] })).Message);

    [Fact]
    public void A_file_without_images_is_an_error()
    {
        using var codes = new Codes.Files.SampleCodes(count: 3, exact: false);
        Underpaint.Codes.Files.CodeFile.Write(_folder.File("codes.parquet"), codes);
        Assert.Contains("no column of images", Assert.Throws<FileFormatException>(() => new ParquetSource([_folder.File("codes.parquet")])).Message);
    }

    [Fact]
    public void Several_files_follow_each_other_and_must_have_the_same_columns()
    {
        string[] paths = [Write("a.parquet", Sample(CompressionMethod.Snappy, false)), Write("b.parquet", Sample(CompressionMethod.Zstd, true))];
        using var source = new ParquetSource(paths);
        Assert.Equal((14, "00000009", 3), (source.Count, source.NameOf(9), source.Read(9).Width));
        string other = Write("c.parquet", new TestParquet { Images = [TestImages.Png()], ImageColumn = "img" });
        Assert.Contains("other columns", Assert.Throws<FileFormatException>(() => new ParquetSource([paths[0], other])).Message);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Several_threads_read_at_random(CompressionMethod codec, bool hasDictionary)
    {
        byte[][] images = [.. Enumerable.Range(0, 200).Select(i => TestImages.Png(i % 50 + 1, 1))];
        using ParquetSource source = Open(new TestParquet { Images = images, Codec = codec, HasDictionary = hasDictionary, RowsPerGroup = 30 });
        Parallel.For(0, 1000, i => Assert.Equal(i * 37 % 200 % 50 + 1, source.Read(i * 37 % 200).Width));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_file_that_is_cut_anywhere_is_refused(CompressionMethod codec, bool hasDictionary)
    {
        byte[] whole = Sample(codec, hasDictionary).Write();
        for (int length = 0; length < whole.Length; length += 1 + whole.Length / 100)
            Assert.Throws<FileFormatException>(() => Open(whole[..length]));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_changed_byte_anywhere_never_brings_another_kind_of_error(CompressionMethod codec, bool hasDictionary)
    {
        byte[] whole = Sample(codec, hasDictionary).Write();
        for (int i = 0; i < whole.Length; i += 3)
        {
            byte[] changed = [.. whole];
            changed[i] ^= (byte)(1 << (i / 3 % 8));
            Assert.True(Record.Exception(() => ReadAll(changed)) is null or UnderpaintException, $"byte {i}");
        }
    }

    [Fact]
    public void An_image_beyond_the_limits_is_refused_and_the_others_are_read()
    {
        string path = Write("a.parquet", new TestParquet { Images = [new byte[2000], TestImages.Png()] });
        using var source = new ParquetSource([path], new DecodeLimits { MaxBytes = 1000 });
        Assert.Equal(8, source.Read(1).Width);
        Assert.Contains("more than the limit", Assert.Throws<FileFormatException>(() => source.Read(0)).Message);
    }

    [Fact]
    public void A_bomb_is_refused_before_it_is_unpacked()
    {
        string path = Write("a.parquet", new TestParquet { Images = [TestImages.Png(), new byte[60 << 20]], Codec = CompressionMethod.Zstd });
        Assert.InRange(new FileInfo(path).Length, 0, 100_000);
        Assert.Contains("decompression bomb", Assert.Throws<FileFormatException>(() => new ParquetSource([path])).Message);
    }

    [Fact]
    public void Another_image_another_class_and_another_order_show_in_the_fingerprint()
    {
        byte[] a = TestImages.Png(), b = TestImages.Png(color: new(1, 2, 3));
        TestParquet[] all =
        [
            new() { Images = [a, b], Labels = [0, 1] }, new() { Images = [b, a], Labels = [0, 1] }, new() { Images = [a, b], Labels = [1, 1] },
            new() { Images = [a, b, b], Labels = [0, 1, 1] },
        ];
        Assert.Equal(all.Length, all.Select(file => Open(file).Fingerprint()).Distinct().Count());
        Assert.Equal(Open(all[0]).Fingerprint(), new ParquetSource([Write("moved.parquet", all[0])]).Fingerprint());
    }

    private static TestParquet Sample(CompressionMethod codec, bool hasDictionary) => new()
    {
        Images = [.. Enumerable.Range(1, 7).Select(i => TestImages.Png(i, 2))],
        Paths = [.. Enumerable.Range(0, 7).Select(i => $"train/{i}.png")],
        Labels = [.. Enumerable.Range(0, 7).Select(i => (long?)(i % 3))],
        LabelNames = ["cat", "dog", "owl"],
        Codec = codec,
        HasDictionary = hasDictionary,
        RowsPerGroup = 3,
    };

    private void ReadAll(byte[] file)
    {
        using ParquetSource source = Open(file);
        for (int i = 0; i < Math.Min(source.Count, 10); i++)
            _ = source.ReadEncoded(i);
    }

    private ParquetSource Open(TestParquet file) => Open(file.Write());

    private ParquetSource Open(byte[] file)
    {
        File.WriteAllBytes(_folder.File("data.parquet"), file);
        return new([_folder.File("data.parquet")]);
    }

    private string Write(string name, TestParquet file)
    {
        File.WriteAllBytes(_folder.File(name), file.Write());
        return _folder.File(name);
    }
}
