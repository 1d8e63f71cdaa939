using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Tests.Storage.Lmdb;

namespace Underpaint.Tests.Data;

public sealed class ImageSourcesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_opened_as_one()
    {
        Write("a.png", TestImages.Png());
        Assert.IsType<FolderSource>(ImageSources.Open(_folder.Path));
    }

    [Theory]
    [InlineData("a.zip")]
    [InlineData("download")]
    public void An_archive_is_known_by_its_name_or_its_first_bytes(string name)
    {
        using IImageSource source = ImageSources.Open(Write(name, TestImages.Zip(("a.png", TestImages.Png()))));
        Assert.IsType<ZipSource>(source);
    }

    [Theory]
    [InlineData("t10k-images-idx3-ubyte")]
    [InlineData("digits.bin")]
    public void An_IDX_file_is_known_by_its_name_or_its_first_bytes(string name) =>
        Assert.IsType<IdxSource>(ImageSources.Open(Write(name, TestImages.Idx([7], 1, 1, 1))));

    [Theory]
    [InlineData("faces.lmdb")]
    [InlineData("download")]
    [InlineData("faces/data.mdb")]
    public void A_database_is_known_by_its_first_bytes_or_its_folder(string name)
    {
        Directory.CreateDirectory(_folder.File("faces"));
        string file = Write(name, TestLmdb.OfImages("256", 5, TestImages.Png()));
        using IImageSource source = ImageSources.Open(file.EndsWith("data.mdb") ? Path.GetDirectoryName(file)! : file);
        Assert.IsType<LmdbSource>(source);
    }

    [Theory]
    [InlineData("ornaments", 10_000, 64)]
    [InlineData("ornaments:50", 50, 64)]
    [InlineData("ornaments:50,32", 50, 32)]
    [InlineData("ornaments:50,32,-7", 50, 32)]
    public void The_built_in_images_are_opened_by_name(string name, int count, int size)
    {
        using IImageSource source = ImageSources.Open(name);
        Assert.Equal((count, size), (source.Count, source.Read(0).Width));
    }

    [Theory]
    [InlineData("ornaments:")]
    [InlineData("ornaments:many")]
    [InlineData("ornaments:1,2,3,4")]
    [InlineData("ornaments:99999999999")]
    [InlineData("ornaments:0")]
    [InlineData("ornaments:10,-1")]
    public void Built_in_images_that_cannot_be_are_an_error(string name) =>
        Assert.Throws<UnderpaintException>(() => ImageSources.Open(name));

    [Fact]
    public void A_missing_path_is_an_error_that_says_what_to_give() =>
        Assert.Contains("a folder of images, a zip archive, an LMDB database, parquet files, tar archives, an IDX file",
            Assert.Throws<UnderpaintException>(() => ImageSources.Open(_folder.File("none"))).Remedy);

    [Fact]
    public void Another_file_is_an_error() =>
        Assert.Throws<FileFormatException>(() => ImageSources.Open(Write("a.txt", "hello"u8.ToArray())));

    [Theory]
    [InlineData("a.tar")]
    [InlineData("download")]
    public void A_tar_archive_is_known_by_its_name_or_its_mark(string name)
    {
        using IImageSource source = ImageSources.Open(Write(name, TestTar.Write(("a.png", TestImages.Png()))));
        Assert.IsType<TarSource>(source);
    }

    [Theory]
    [InlineData("a.parquet")]
    [InlineData("download")]
    public void A_parquet_file_is_known_by_its_name_or_its_mark(string name)
    {
        using IImageSource source = ImageSources.Open(Write(name, Parquet()));
        Assert.IsType<ParquetSource>(source);
    }

    [Fact]
    public void Shards_are_opened_by_their_folder_their_beginning_or_one_by_one()
    {
        string[] files = [Write("train-00000-of-00002.parquet", Parquet()), Write("train-00001-of-00002.parquet", Parquet())];
        foreach (string path in (string[])[_folder.Path, _folder.File("train")])
        {
            using IImageSource source = ImageSources.Open(path);
            Assert.Equal((2, 2), (source.Count, source.LabelNames.Count));
        }
        using IImageSource both = ImageSources.OpenAll(files);
        Assert.Equal((2, 2), (both.Count, both.LabelNames.Count));
    }

    [Fact]
    public void Several_sets_in_one_folder_are_told_and_each_can_be_named()
    {
        _ = Write("train-00000-of-00001.parquet", Parquet());
        _ = Write("test-00000-of-00001-0123456789abcdef.parquet", Parquet());
        _ = Write("val-000003.tar", TestTar.Write(("a.png", TestImages.Png())));
        string message = Assert.Throws<UnderpaintException>(() => ImageSources.Open(_folder.Path)).Message;
        Assert.All((string[])["train", "test", "val"], set => Assert.Contains(set, message));
        using IImageSource source = ImageSources.Open(_folder.File("val"));
        Assert.IsType<TarSource>(source);
        Assert.Throws<UnderpaintException>(() => ImageSources.Open(_folder.File("va")));
    }

    [Fact]
    public void A_missing_shard_is_noticed()
    {
        _ = Write("train-00000-of-00003.parquet", Parquet());
        _ = Write("train-00002-of-00003.parquet", Parquet());
        Assert.Contains("one of 3 files, but 2 are there", Assert.Throws<UnderpaintException>(() => ImageSources.Open(_folder.Path)).Message);
    }

    [Fact]
    public void A_folder_of_images_stays_one_whatever_lies_beside_them()
    {
        _ = Write("codes.parquet", [1]);
        _ = Write("a.png", TestImages.Png());
        Assert.IsType<FolderSource>(ImageSources.Open(_folder.Path));
    }

    [Theory]
    [InlineData("a.tar.gz")]
    [InlineData("a.tgz")]
    public void A_compressed_archive_is_refused_with_the_remedy(string name) =>
        Assert.Contains("gunzip", Assert.Throws<FileFormatException>(() => ImageSources.Open(Write(name, TestImages.Gzip([1])))).Remedy);

    private static byte[] Parquet() => new TestParquet { Images = [TestImages.Png()], Labels = [1] }.Write();

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder.File(name), bytes);
        return _folder.File(name);
    }
}
