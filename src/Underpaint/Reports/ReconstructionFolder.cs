using Underpaint.Data;
using Underpaint.Evaluation;
using Underpaint.Storage;

namespace Underpaint.Reports;

/// <summary>
/// Writes reconstructions into a folder as they come: each as a picture of its own (<c>NAME.reconstruction.png</c>), and sheets
/// that show them beside the originals, the structure images and the errors (<c>reconstructions-01.png</c>, …).
/// </summary>
public sealed class ReconstructionFolder
{
    private const int SheetRows = 24;

    // Room for a row's caption and gap, and for the sheet's margins.
    private const int RowExtra = 64;

    private readonly PictureNames _names = new();
    private readonly List<string> _sheets = [];
    private readonly List<Reconstruction> _rows = [];
    private readonly string _folder;

    /// <summary>Uses a folder.</summary>
    /// <param name="folder">The folder; created where it is missing. Pictures of the same names in it are replaced.</param>
    /// <exception cref="UnderpaintException">The folder cannot be made.</exception>
    public ReconstructionFolder(string folder)
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

    /// <summary>How many reconstructions were added.</summary>
    public int Count => _names.Count;

    /// <summary>Writes a reconstruction, and a sheet whenever one is full.</summary>
    /// <param name="reconstruction">The reconstruction.</param>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Add(Reconstruction reconstruction)
    {
        string path = Path.Combine(_folder, $"{_names.New(reconstruction.Name)}.reconstruction.png");
        byte[] png = Png.Encode(reconstruction.Image);
        AtomicFile.Write(path, stream => stream.Write(png));
        _rows.Add(reconstruction);
        if (_rows.Count == RowsFor(reconstruction.Image))
            WriteSheet();
    }

    /// <summary>Writes the last sheet; call it after the last image.</summary>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Finish()
    {
        if (_rows.Count > 0)
            WriteSheet();
    }

    private void WriteSheet()
    {
        string path = Path.Combine(_folder, $"reconstructions-{_sheets.Count + 1:00}.png");
        byte[] png = new PictureGrid
        {
            Columns = ["original", "structure image", "reconstruction", "error"],
            Rows = [.. _rows.Select(Row)],
        }.ToPng();
        AtomicFile.Write(path, stream => stream.Write(png));
        _sheets.Add(path);
        _rows.Clear();
    }

    private static PictureRow Row(Reconstruction row) => new(PictureNames.LabelOf(row.Name),
    [
        new(row.Original),
        new(row.StructureImage, Figures.Decibels(PeakSignalToNoise.Of(row.Original, row.StructureImage))),
        new(row.Image, Figures.Decibels(PeakSignalToNoise.Of(row.Original, row.Image))),
        new(ErrorMap.Of(row.Original, row.Image)),
    ]);

    private static int RowsFor(PixelImage image)
    {
        int height = image.Height * PictureGrid.FactorFor(image.Width, image.Height) + RowExtra;
        return Math.Clamp(PictureGrid.MaxSide / height, 1, SheetRows);
    }
}
