using Underpaint.Codes.Directions;
using Underpaint.Data;
using Underpaint.Storage;

namespace Underpaint.Reports;

/// <summary>
/// Writes edited images into a folder as they come, as strips: the original, and then a picture for each multiple of the moves
/// (<c>edited-01.png</c>, …).
/// </summary>
public sealed class EditFolder
{
    private const int SheetRows = 24;

    // Room for a row's gap, and for the sheet's margins and headers.
    private const int RowExtra = 64;

    private readonly List<string> _sheets = [];
    private readonly List<EditedImage> _rows = [];
    private readonly string _folder;
    private readonly EditOptions _options;

    /// <summary>Uses a folder.</summary>
    /// <param name="folder">The folder; created where it is missing. Strips of the same names in it are replaced.</param>
    /// <param name="options">How the images are edited.</param>
    /// <exception cref="UnderpaintException">The folder cannot be made.</exception>
    public EditFolder(string folder, EditOptions options)
    {
        (_folder, _options) = (folder, options);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(folder, e);
        }
    }

    /// <summary>The paths of the strips written so far.</summary>
    public IReadOnlyList<string> Sheets => _sheets;

    /// <summary>How many images were added.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an image; strips are written whenever a sheet is full.</summary>
    /// <param name="edited">The image.</param>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Add(EditedImage edited)
    {
        _rows.Add(edited);
        Count++;
        if (_rows.Count == RowsFor(edited.Original))
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
        string path = Path.Combine(_folder, $"edited-{_sheets.Count + 1:00}.png");
        byte[] png = new PictureGrid
        {
            Columns = ["original", .. _options.Multiples.Select(HeaderOf)],
            Rows = [.. _rows.Select(row => new PictureRow(PictureNames.LabelOf(row.Name), [new(row.Original), .. row.Pictures.Select(picture => new PictureCell(picture))]))],
        }.ToPng();
        AtomicFile.Write(path, stream => stream.Write(png));
        _sheets.Add(path);
        _rows.Clear();
    }

    // Of one move its strength is what a person asks for; of several, how much of all of them.
    private string HeaderOf(double multiple) => _options.Moves is [var single]
        ? $"{single.Name} {Signed(multiple * single.Strength)}"
        : $"× {Signed(multiple)}";

    private static string Signed(double number) => Figures.Invariant($"{number:+0.##;−0.##;0}");

    private static int RowsFor(PixelImage image)
    {
        int height = image.Height * PictureGrid.FactorFor(image.Width, image.Height) + RowExtra;
        return Math.Clamp(PictureGrid.MaxSide / height, 1, SheetRows);
    }
}
