using Underpaint.Data;
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
        Assert.Contains("a folder of images, a zip archive, an IDX file",
            Assert.Throws<UnderpaintException>(() => ImageSources.Open(_folder.File("none"))).Remedy);

    [Fact]
    public void Another_file_is_an_error() =>
        Assert.Throws<FileFormatException>(() => ImageSources.Open(Write("a.txt", "hello"u8.ToArray())));

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder.File(name), bytes);
        return _folder.File(name);
    }
}
