using Underpaint.Codes.Latents;
using Underpaint.Data;
using Underpaint.Storage;

namespace Underpaint.Reports;

/// <summary>
/// Writes new images into a folder as they come: each as a picture of its own (<c>sample-0001.png</c>), and sheets of many
/// (<c>samples-01.png</c>), where the nearest known images stand beside each new one.
/// </summary>
public sealed class SampleFolder
{
    private const int SheetRows = 24, SheetSide = 8;

    // Room for a picture's caption and gap, and for its share of the sheet's margins.
    private const int PictureExtra = 64;

    private readonly List<(SampledImage Sample, IReadOnlyList<KnownImage> Nearest)> _waiting = [];
    private readonly List<string> _sheets = [];
    private readonly string _folder;

    /// <summary>Uses a folder.</summary>
    /// <param name="folder">The folder; created where it is missing. Pictures of the same names in it are replaced.</param>
    /// <exception cref="UnderpaintException">The folder cannot be made.</exception>
    public SampleFolder(string folder)
    {
        _folder = folder;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(folder, e);
        }
    }

    /// <summary>The paths of the sheets written so far.</summary>
    public IReadOnlyList<string> Sheets => _sheets;

    /// <summary>Writes a picture, and a sheet whenever one is full.</summary>
    /// <param name="sample">The new image.</param>
    /// <param name="nearest">The nearest known images, nearest first; may be none. As many for each sample.</param>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Add(SampledImage sample, IReadOnlyList<KnownImage> nearest)
    {
        Write($"sample-{sample.Number + 1:0000}.png", Png.Encode(sample.Image));
        _waiting.Add((sample, nearest));
        int most = MostInALine(sample.Image);
        if (_waiting.Count == (nearest.Count > 0 ? Math.Min(most, SheetRows) : Math.Min(most, SheetSide) * Math.Min(most, SheetSide)))
            WriteSheet();
    }

    /// <summary>Writes the last sheet; call it after the last image.</summary>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Finish()
    {
        if (_waiting.Count > 0)
            WriteSheet();
    }

    private void WriteSheet()
    {
        int neighbors = _waiting.Max(row => row.Nearest.Count);
        PictureGrid grid = neighbors > 0
            ? new()
            {
                Columns = ["new image", .. Enumerable.Range(1, neighbors).Select(rank => rank == 1 ? "nearest known" : $"{rank}. nearest")],
                Rows = [.. _waiting.Select(row => new PictureRow(Label(row.Sample), [new(row.Sample.Image), .. row.Nearest.Select(Cell)]))],
            }
            : new()
            {
                Rows = [.. _waiting.Select(row => new PictureCell(row.Sample.Image, Label(row.Sample)))
                    .Chunk(Math.Min(SheetSide, MostInALine(_waiting[0].Sample.Image))).Select(row => new PictureRow("", row))],
            };
        string name = $"samples-{_sheets.Count + 1:00}.png";
        Write(name, grid.ToPng());
        _sheets.Add(Path.Combine(_folder, name));
        _waiting.Clear();
    }

    private void Write(string name, byte[] png) => AtomicFile.Write(Path.Combine(_folder, name), stream => stream.Write(png));

    private static string Label(SampledImage sample) => Figures.Invariant($"{sample.Number + 1}");

    private static PictureCell Cell(KnownImage known) => new(known.Image, Figures.Invariant($"{known.Distance:0.00} · {PictureNames.LabelOf(known.File)}"));

    private static int MostInALine(PixelImage image) =>
        Math.Max(1, PictureGrid.MaxSide / (Math.Max(image.Width, image.Height) * PictureGrid.FactorFor(image.Width, image.Height) + PictureExtra));
}
