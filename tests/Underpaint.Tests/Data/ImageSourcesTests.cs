using Underpaint.Data;

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

    [Fact]
    public void A_missing_path_is_an_error_that_says_what_to_give() =>
        Assert.Contains("a folder of images, a zip archive or an IDX file",
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
