using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;

namespace Underpaint.Tests.Data.Sources;

public sealed class JoinedSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_follow_each_other_in_the_order_of_the_sources()
    {
        using var joined = new JoinedSource([new Ornaments(2, 8, 1), new Ornaments(1, 8, 2), new Ornaments(2, 8, 3)]);
        string[] names = ["ornament 0", "ornament 1", "ornament 0", "ornament 0", "ornament 1"];
        Assert.Equal(names, Enumerable.Range(0, joined.Count).Select(joined.NameOf));
        Assert.Equal(new Ornaments(1, 8, seed: 2).Read(0).Pixels, joined.Read(2).Pixels);
        Assert.Equal(new Ornaments(2, 8, seed: 3).Read(1).Pixels, joined.Read(4).Pixels);
        Assert.Null(joined.LabelOf(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => joined.NameOf(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => joined.NameOf(-1));
    }

    [Fact]
    public void Images_are_prepared_and_measured_by_the_source_that_has_them()
    {
        var ornaments = new Ornaments(3, 8, 2);
        using var joined = new JoinedSource([new Ornaments(1, 9), new SubsetSource(ornaments, [2, 0])]);
        var options = new DataOptions { Size = 5, Color = ColorMode.Grey };
        Assert.Equal(ImagePreparation.Prepare(ornaments.Read(2), options).Pixels, joined.Read(1, options).Pixels);
        Assert.Equal([new(9, 9), new(8, 8)], new[] { joined.Measure(0), joined.Measure(2) });
    }

    [Fact]
    public void A_file_is_prepared_and_measured_as_it_is_read()
    {
        string path = WriteImage("photo.png");
        IImageSource[] sources = [new ImageFileSource(path), new FolderSource(_folder.Path)];
        var options = new DataOptions { Size = 5 };
        foreach (IImageSource source in sources)
        {
            PixelImage image = source.Read(0);
            Assert.Equal(new ImageSize(image.Width, image.Height), source.Measure(0));
            Assert.Equal(ImagePreparation.Prepare(image, options).Pixels, source.Read(0, options).Pixels);
        }
    }

    [Fact]
    public void Too_many_images_are_an_error() => Assert.Throws<UnderpaintException>(
        () => new JoinedSource([new Ornaments(int.MaxValue, 8), new Ornaments(1, 8)]));

    [Fact]
    public void A_single_image_file_is_a_source_of_one_image()
    {
        using IImageSource source = ImageSources.Open(WriteImage("photo.PNG"));
        Assert.IsType<ImageFileSource>(source);
        Assert.Equal(("photo.PNG", 1), (source.NameOf(0), source.Count));
        Assert.True(source.Read(0).Width > 0);
    }

    [Fact]
    public void Several_paths_open_as_one_source()
    {
        using IImageSource source = ImageSources.OpenAll([WriteImage("a.png"), "ornaments:2,8"]);
        Assert.Equal(["a.png", "ornament 0", "ornament 1"], Enumerable.Range(0, 3).Select(source.NameOf));
    }

    [Fact]
    public void One_missing_path_among_several_is_an_error() =>
        Assert.Throws<UnderpaintException>(() => ImageSources.OpenAll([WriteImage("a.png"), _folder.File("none.png")]));

    private string WriteImage(string name)
    {
        File.WriteAllBytes(_folder.File(name), TestImages.Png());
        return _folder.File(name);
    }
}
