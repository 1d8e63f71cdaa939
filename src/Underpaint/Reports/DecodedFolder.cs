using Underpaint.Codes;

namespace Underpaint.Reports;

/// <summary>
/// Writes decoded images into a folder as they come: each as a picture of its own (<c>NAME.decoded.png</c>), and sheets that show many of them
/// (<c>decoded-01.png</c>, …).
/// </summary>
public sealed class DecodedFolder
{
    private readonly PictureNames _names = new();
    private readonly SheetFolder<DecodedImage> _folder;

    /// <summary>Uses a folder.</summary>
    /// <param name="folder">The folder; created where it is missing. Pictures of the same names in it are replaced.</param>
    /// <exception cref="UnderpaintException">The folder cannot be made.</exception>
    public DecodedFolder(string folder) => _folder = new(folder, "decoded", Arrange);

    /// <summary>The paths of the sheets written so far.</summary>
    public IReadOnlyList<string> Sheets => _folder.Sheets;

    /// <summary>How many images were added.</summary>
    public int Count => _names.Count;

    /// <summary>Writes a picture, and a sheet whenever one is full.</summary>
    /// <param name="decoded">The image.</param>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Add(DecodedImage decoded)
    {
        _folder.Write($"{_names.New(decoded.File)}.decoded.png", decoded.Image);
        int side = SheetSize.SideOf(decoded.Image);
        _folder.Add(decoded, side * side);
    }

    /// <summary>Writes the last sheet; call it after the last image.</summary>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Finish() => _folder.Finish();

    private static PictureGrid Arrange(IReadOnlyList<DecodedImage> images)
    {
        var cells = images.Select(decoded => new PictureCell(decoded.Image, PictureNames.LabelOf(decoded.File)));
        return new() { Rows = [.. cells.Chunk(SheetSize.SideOf(images[0].Image)).Select(row => new PictureRow("", row))] };
    }
}
