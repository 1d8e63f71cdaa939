using Underpaint.Codes;
using Underpaint.Data;
using Underpaint.Storage;

namespace Underpaint.Reports;

/// <summary>
/// Writes decoded images into a folder as they come: each as a picture of its own (<c>NAME.decoded.png</c>), and sheets that show many of them
/// (<c>decoded-01.png</c>, …).
/// </summary>
public sealed class DecodedFolder
{
    private const int SheetSide = 8;

    // Room for a picture's caption and gap, and for its share of the sheet's margins.
    private const int PictureExtra = 64;

    private readonly PictureNames _names = new();
    private readonly List<string> _sheets = [];
    private readonly List<DecodedImage> _waiting = [];
    private readonly string _folder;

    /// <summary>Uses a folder.</summary>
    /// <param name="folder">The folder; created where it is missing. Pictures of the same names in it are replaced.</param>
    /// <exception cref="UnderpaintException">The folder cannot be made.</exception>
    public DecodedFolder(string folder)
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

    /// <summary>How many images were added.</summary>
    public int Count => _names.Count;

    /// <summary>Writes a picture, and a sheet whenever one is full.</summary>
    /// <param name="decoded">The image.</param>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Add(DecodedImage decoded)
    {
        byte[] png = Png.Encode(decoded.Image);
        AtomicFile.Write(Path.Combine(_folder, $"{_names.New(decoded.File)}.decoded.png"), stream => stream.Write(png));
        _waiting.Add(decoded);
        if (_waiting.Count == SideFor(decoded.Image) * SideFor(decoded.Image))
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
        string path = Path.Combine(_folder, $"decoded-{_sheets.Count + 1:00}.png");
        var cells = _waiting.Select(decoded => new PictureCell(decoded.Image, PictureNames.LabelOf(decoded.File)));
        int columns = SideFor(_waiting[0].Image);
        byte[] png = new PictureGrid { Rows = [.. cells.Chunk(columns).Select(row => new PictureRow("", row))] }.ToPng();
        AtomicFile.Write(path, stream => stream.Write(png));
        _sheets.Add(path);
        _waiting.Clear();
    }

    private static int SideFor(PixelImage image)
    {
        int side = Math.Max(image.Width, image.Height) * PictureGrid.FactorFor(image.Width, image.Height) + PictureExtra;
        return Math.Clamp(PictureGrid.MaxSide / side, 1, SheetSide);
    }
}
