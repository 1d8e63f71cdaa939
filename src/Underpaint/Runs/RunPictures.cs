using System.Globalization;
using Underpaint.Data.Images;
using Underpaint.Evaluation.Metrics;
using Underpaint.Reports;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>
/// The pictures of a run's validation images: at each look a sheet to look at (<c>images/000400000.png</c>), and the same
/// pixels in a file (<c>images/000400000.safetensors</c>), so that a report can show how they grew: of as many images as its readers take.
/// </summary>
internal static class RunPictures
{
    private const int SheetRows = 12;
    private const int SheetColumns = 4;

    // A hundred pictures of 384 pixels: of each kind, the most that a file has and its readers take.
    private const int MaxBytes = 48 << 20;

    private const string PixelsEnding = ".safetensors";
    private const string OriginalsName = "originals", StructureName = "structure", ReconstructionsName = "reconstructions";

    /// <summary>Writes both files of one look.</summary>
    /// <returns>The sheet, a PNG file.</returns>
    public static byte[] Write(RunFolder folder, long imagesSeen, IReadOnlyList<PixelImage> originals, ValidationPictures pictures, IFiles files)
    {
        string name = NameOf(folder, imagesSeen);
        int count = CountWithin(originals[0].Pixels.Length, originals.Count);
        byte[] sheet = Sheet(originals, pictures).ToPng();
        AtomicFile.Write(name + ".png", stream => stream.Write(sheet), files);
        AtomicFile.Write(name + PixelsEnding, stream => SafetensorsWriter.Write(stream,
        [
            Pack(OriginalsName, originals, count), Pack(ReconstructionsName, pictures.Reconstructions, count), Pack(StructureName, pictures.Structure, count),
        ]), files);
        return sheet;
    }

    /// <summary>What one look takes on the disk, at most; the sheet lies there twice, in TensorBoard's events as well.</summary>
    public static long MostBytesOf(Recipe recipe)
    {
        int pixels = recipe.Data.Size * recipe.Data.Size, bytes = pixels * recipe.Data.Channels, images = recipe.Validation.Images;
        return 3L * bytes * CountWithin(bytes, images) + 2L * 3 * pixels * SheetColumns * Math.Min(SheetRows, images);
    }

    /// <summary>When a run was looked at, up to a position, in order of images seen; nothing is read but names.</summary>
    public static IReadOnlyList<long> PositionsIn(RunFolder folder, long upTo)
    {
        if (!Directory.Exists(folder.ImagesFolder))
            return [];
        IEnumerable<string> files = Directory.EnumerateFiles(folder.ImagesFolder, "*" + PixelsEnding);
        return [.. files.Select(PositionOf).OfType<long>().Where(position => position <= upTo).Order()];
    }

    /// <summary>Reads one look; null where there is none, or its file is damaged.</summary>
    public static RunLook? Read(RunFolder folder, long imagesSeen)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(NameOf(folder, imagesSeen) + PixelsEnding);
            PixelImage[] originals = Unpack(file, OriginalsName), structure = Unpack(file, StructureName), reconstructions = Unpack(file, ReconstructionsName);
            return file.Tensors[StructureName].Shape.SequenceEqual(file.Tensors[OriginalsName].Shape)
                && file.Tensors[ReconstructionsName].Shape.SequenceEqual(file.Tensors[OriginalsName].Shape)
                    ? new(imagesSeen, originals, new(structure, reconstructions))
                    : null;
        }
        catch (UnderpaintException)
        {
            return null;
        }
    }

    private static string NameOf(RunFolder folder, long imagesSeen) =>
        Path.Combine(folder.ImagesFolder, imagesSeen.ToString("D9", CultureInfo.InvariantCulture));

    private static long? PositionOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out long imagesSeen) ? imagesSeen : null;

    private static PictureGrid Sheet(IReadOnlyList<PixelImage> originals, ValidationPictures pictures) => new()
    {
        Columns = ["original", "structure image", "reconstruction", "error"],
        Rows = [.. Enumerable.Range(0, Math.Min(SheetRows, originals.Count)).Select(i => Row(originals[i], pictures.Structure[i], pictures.Reconstructions[i]))],
    };

    private static PictureRow Row(PixelImage original, PixelImage structure, PixelImage reconstruction) => new("",
    [
        new(original),
        new(structure, Figures.Decibels(PeakSignalToNoise.Of(original, structure))),
        new(reconstruction, Figures.Decibels(PeakSignalToNoise.Of(original, reconstruction))),
        new(ErrorMap.Of(original, reconstruction)),
    ]);

    private static int CountWithin(int bytesEach, int count) => Math.Min(count, Math.Max(1, MaxBytes / bytesEach));

    private static TensorData Pack(string name, IReadOnlyList<PixelImage> images, int count) => new(name, DType.U8,
        [count, images[0].Height, images[0].Width, images[0].Channels],
        stream =>
        {
            foreach (PixelImage image in images.Take(count))
                stream.Write(image.Pixels);
        });

    private static PixelImage[] Unpack(SafetensorsFile file, string name)
    {
        if (!file.Tensors.TryGetValue(name, out TensorEntry? entry) || entry.Type != DType.U8 || entry.Shape is not [> 0, > 0, > 0, 1 or 3] || entry.Length > MaxBytes)
            throw new FileFormatException(file.Path, $"holds no pictures \"{name}\"", "Delete it; the next look writes a new one.");
        var bytes = new byte[entry.Length];
        file.ReadBytes(name, bytes);
        var (height, width, channels) = ((int)entry.Shape[1], (int)entry.Shape[2], (int)entry.Shape[3]);
        return [.. bytes.Chunk(height * width * channels).Select(pixels => new PixelImage(width, height, channels, pixels))];
    }
}
