using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;
using Underpaint.Tests.Runs;

namespace Underpaint.Tests.Data.Sources;

public sealed class FingerprintTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_images_at_another_place_have_the_same_fingerprint()
    {
        SmallRun.WriteImages(_folder.File("a"), 5, seed: 1);
        SmallRun.WriteImages(_folder.File("b", "c"), 5, seed: 1);
        Assert.Equal(Of(_folder.File("a")), Of(_folder.File("b", "c")));
        File.WriteAllBytes(_folder.File("a.zip"), TestImages.Zip(("1.png", TestImages.Png())));
        File.Copy(_folder.File("a.zip"), _folder.File("b", "other.zip"));
        Assert.Equal(Of(_folder.File("a.zip")), Of(_folder.File("b", "other.zip")));
    }

    [Fact]
    public void Another_name_another_content_and_one_image_more_each_show()
    {
        SmallRun.WriteImages(_folder.File("a"), 5, seed: 1);
        var seen = new HashSet<string> { Of(_folder.File("a")) };
        byte[] image = File.ReadAllBytes(_folder.File("a", "02.png"));
        image[^20] ^= 1;
        File.WriteAllBytes(_folder.File("a", "02.png"), image);
        Assert.True(seen.Add(Of(_folder.File("a"))));
        File.Move(_folder.File("a", "02.png"), _folder.File("a", "2.png"));
        Assert.True(seen.Add(Of(_folder.File("a"))));
        File.WriteAllBytes(_folder.File("a", "3.png"), image);
        Assert.True(seen.Add(Of(_folder.File("a"))));
    }

    [Fact]
    public void One_other_pixel_in_an_archive_or_an_IDX_file_shows()
    {
        byte[] white = TestImages.Bmp(), black = [.. white];
        black[^4] ^= 255;
        File.WriteAllBytes(_folder.File("a.zip"), TestImages.Zip(("1.bmp", white)));
        File.WriteAllBytes(_folder.File("b.zip"), TestImages.Zip(("1.bmp", black)));
        Assert.NotEqual(Of(_folder.File("a.zip")), Of(_folder.File("b.zip")));
        File.WriteAllBytes(_folder.File("a-idx3"), TestImages.Idx([1, 2], 1, 1, 2));
        File.WriteAllBytes(_folder.File("b-idx3"), TestImages.Idx([1, 3], 1, 1, 2));
        Assert.NotEqual(Of(_folder.File("a-idx3")), Of(_folder.File("b-idx3")));
    }

    [Fact]
    public void Built_in_images_differ_by_count_size_and_seed() =>
        Assert.Equal(4, new[] { "ornaments:9,16,1", "ornaments:8,16,1", "ornaments:9,32,1", "ornaments:9,16,2" }.Select(Of).Distinct().Count());

    [Fact]
    public void Parts_and_joins_follow_their_sources()
    {
        using var all = new Ornaments(9, 16);
        using var joined = new JoinedSource([new Ornaments(4, 16), new Ornaments(5, 16)]);
        IImageSource[] sources = [all, new SubsetSource(all, [0, 1]), new SubsetSource(all, [1, 0]), joined, new MemorySource(9)];
        Assert.Equal(sources.Length, sources.Select(source => source.Fingerprint()).Distinct().Count());
        Assert.Equal(sources[1].Fingerprint(), new SubsetSource(new Ornaments(9, 16), [0, 1]).Fingerprint());
        Assert.All(sources, source => Assert.Matches("^[0-9a-f]{32}$", source.Fingerprint()));
    }

    [Fact]
    public void A_single_image_is_known_by_its_bytes()
    {
        File.WriteAllBytes(_folder.File("a.png"), TestImages.Png());
        string before = Of(_folder.File("a.png"));
        File.WriteAllBytes(_folder.File("a.png"), TestImages.Png(color: new(1, 2, 3)));
        Assert.NotEqual(before, Of(_folder.File("a.png")));
        File.Delete(_folder.File("a.png"));
        using var gone = new ImageFileSource(_folder.File("a.png"));
        Assert.NotEqual(before, gone.Fingerprint());
    }

    private static string Of(string path)
    {
        using IImageSource source = ImageSources.Open(path);
        return source.Fingerprint();
    }
}
