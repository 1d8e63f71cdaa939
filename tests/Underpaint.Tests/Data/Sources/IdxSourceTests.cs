using Underpaint.Data.Images;
using Underpaint.Data.Sources;

namespace Underpaint.Tests.Data.Sources;

public sealed class IdxSourceTests : IDisposable
{
    private static readonly byte[] TwoImages = TestImages.Idx([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 2, 2, 3);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_and_the_labels_beside_them_are_read(bool gzipped)
    {
        string suffix = gzipped ? ".gz" : "";
        byte[] labels = TestImages.Idx([2, 0], 2);
        File.WriteAllBytes(_folder.File("train-labels-idx1-ubyte" + suffix), gzipped ? TestImages.Gzip(labels) : labels);
        using IdxSource source = Open(gzipped ? TestImages.Gzip(TwoImages) : TwoImages, "train-images-idx3-ubyte" + suffix);
        Assert.Equal(2, source.Count);
        Assert.Equal(["0", "1", "2"], source.LabelNames);
        Assert.Equal([2, 0], [source.LabelOf(0)!.Value, source.LabelOf(1)!.Value]);
        PixelImage image = source.Read(1);
        Assert.Equal((3, 2, 1), (image.Width, image.Height, image.Channels));
        Assert.Equal([7, 8, 9, 10, 11, 12], image.Pixels);
    }

    [Fact]
    public void A_fourth_dimension_holds_the_channels()
    {
        using IdxSource source = Open(TestImages.Idx([1, 2, 3, 4, 5, 6], 1, 1, 2, 3));
        Assert.Equal((2, 1, 3), (source.Read(0).Width, source.Read(0).Height, source.Read(0).Channels));
    }

    [Fact]
    public void Without_a_label_file_there_are_no_labels()
    {
        using IdxSource source = Open(TwoImages);
        Assert.Empty(source.LabelNames);
        Assert.Null(source.LabelOf(0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_truncated_file_is_refused_wherever_it_breaks_off(bool gzipped)
    {
        byte[] file = gzipped ? TestImages.Gzip(TwoImages) : TwoImages;
        for (int length = 0; length < file.Length; length++)
            Assert.Throws<FileFormatException>(() => Open(file[..length]));
    }

    [Fact]
    public void A_file_that_goes_on_is_refused() =>
        Assert.Contains("is 29 bytes long", Assert.Throws<FileFormatException>(() => Open([.. TwoImages, 0])).Message);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 0x0D)] // floats
    [InlineData(3, 9)]
    public void Another_kind_of_file_is_refused(int at, byte value)
    {
        byte[] file = [.. TwoImages];
        file[at] = value;
        Assert.Contains("no IDX file", Assert.Throws<FileFormatException>(() => Open(file)).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(100_000_000)]
    public void Impossible_dimensions_are_refused_before_memory_is_taken(int count)
    {
        byte[] file = TestImages.Gzip(TestImages.Idx([], count, 2, 3));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<FileFormatException>(() => Open(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Values_that_are_no_images_are_refused() =>
        Assert.Contains("not images", Assert.Throws<FileFormatException>(() => Open(TestImages.Idx([1, 2], 2))).Message);

    [Fact]
    public void Labels_of_another_number_are_refused()
    {
        File.WriteAllBytes(_folder.File("x-labels-idx1"), TestImages.Idx([0, 1, 2], 3));
        Assert.Contains("there are 2 images", Assert.Throws<FileFormatException>(() => Open(TwoImages)).Message);
    }

    [Fact]
    public void A_damaged_gzip_file_is_refused()
    {
        byte[] file = TestImages.Gzip(TwoImages);
        file[^6] ^= 1; // its checksum
        Assert.Throws<FileFormatException>(() => Open(file));
    }

    [Fact]
    public void Fashion_MNIST_is_read_with_its_labels()
    {
        using var source = new IdxSource(SharedFiles.Path("data", "fashion-mnist", "first3600-images-idx3-ubyte.gz"));
        Assert.Equal((3_600, 10), (source.Count, source.LabelNames.Count));
        Assert.Equal([9, 0, 0, 3], Enumerable.Range(0, 4).Select(i => source.LabelOf(i)!.Value));
        Assert.Equal((28, 28, 1), (source.Read(0).Width, source.Read(0).Height, source.Read(0).Channels));
    }

    private IdxSource Open(byte[] bytes, string name = "x-images-idx3")
    {
        File.WriteAllBytes(_folder.File(name), bytes);
        return new IdxSource(_folder.File(name));
    }
}
