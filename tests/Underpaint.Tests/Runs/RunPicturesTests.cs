using Underpaint.Data.Images;
using Underpaint.Runs;
using Underpaint.Storage;

namespace Underpaint.Tests.Runs;

public sealed class RunPicturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunFolder _run;

    public RunPicturesTests()
    {
        _run = RunFolder.CreateAt(_folder.File("run"));
        Directory.CreateDirectory(_run.ImagesFolder);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Looks_are_found_by_their_names_alone_in_order_of_images_seen()
    {
        foreach (string name in new[] { "1000000000", "999999999", "000000064", "notes" })
            File.WriteAllText(Path.Combine(_run.ImagesFolder, name + ".safetensors"), "no pictures");
        Assert.Equal([64L, 999_999_999L, 1_000_000_000L], RunPictures.PositionsIn(_run, upTo: 2_000_000_000));
        Assert.Equal([64L], RunPictures.PositionsIn(_run, upTo: 100));
    }

    [Fact]
    public void One_look_is_read_and_a_damaged_or_missing_one_is_none()
    {
        PixelImage original = Picture(1), structure = Picture(2), reconstruction = Picture(3);
        _ = RunPictures.Write(_run, 64, [original], new([structure], [reconstruction]), Disk.Instance);
        RunLook look = RunPictures.Read(_run, 64)!;
        Assert.Equal(64, look.ImagesSeen);
        Assert.Equal(original.Pixels, Assert.Single(look.Originals).Pixels);
        Assert.Equal(structure.Pixels, Assert.Single(look.Pictures.Structure).Pixels);
        Assert.Equal(reconstruction.Pixels, Assert.Single(look.Pictures.Reconstructions).Pixels);

        File.WriteAllText(Path.Combine(_run.ImagesFolder, "000000128.safetensors"), "no pictures");
        Assert.Null(RunPictures.Read(_run, 128));
        Assert.Null(RunPictures.Read(_run, 192));
    }

    [Fact]
    public void Of_more_pictures_than_can_be_read_the_first_are_written()
    {
        PixelImage[] all = [.. Enumerable.Repeat(Picture(7, 128), 1100)];
        _ = RunPictures.Write(_run, 64, all, new(all, all), Disk.Instance);
        RunLook look = RunPictures.Read(_run, 64)!;
        Assert.Equal((1024, 1024), (look.Originals.Count, look.Pictures.Reconstructions.Count));
    }

    private static PixelImage Picture(byte value, int size = 16) => new(size, size, 3, [.. Enumerable.Repeat(value, size * size * 3)]);
}
