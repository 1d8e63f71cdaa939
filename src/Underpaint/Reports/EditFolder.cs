using Underpaint.Codes.Editing;

namespace Underpaint.Reports;

/// <summary>
/// Writes edited images into a folder as they come, as strips: the original, and then a picture for each multiple of the moves
/// (<c>edited-01.png</c>, …).
/// </summary>
public sealed class EditFolder
{
    private readonly SheetFolder<EditedImage> _folder;
    private readonly EditOptions _options;

    /// <summary>Uses a folder.</summary>
    /// <param name="folder">The folder; created where it is missing. Strips of the same names in it are replaced.</param>
    /// <param name="options">How the images are edited.</param>
    /// <exception cref="UnderpaintException">The folder cannot be made.</exception>
    public EditFolder(string folder, EditOptions options) => (_folder, _options) = (new(folder, "edited", Arrange), options);

    /// <summary>The paths of the strips written so far.</summary>
    public IReadOnlyList<string> Sheets => _folder.Sheets;

    /// <summary>How many images were added.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an image; strips are written whenever a sheet is full.</summary>
    /// <param name="edited">The image.</param>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Add(EditedImage edited)
    {
        _folder.Add(edited, SheetSize.RowsOf(edited.Original));
        Count++;
    }

    /// <summary>Writes the last sheet; call it after the last image.</summary>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Finish() => _folder.Finish();

    private PictureGrid Arrange(IReadOnlyList<EditedImage> rows) => new()
    {
        Columns = ["original", .. _options.Multiples.Select(HeaderOf)],
        Rows = [.. rows.Select(row => new PictureRow(PictureNames.LabelOf(row.Name), [new(row.Original), .. row.Pictures.Select(picture => new PictureCell(picture))]))],
    };

    // Of one move its strength is what a person asks for; of several, how much of all of them.
    private string HeaderOf(double multiple) => _options.Moves is [var single]
        ? $"{single.Name} {Signed(multiple * single.Strength)}"
        : $"× {Signed(multiple)}";

    private static string Signed(double number) => Figures.Invariant($"{number:+0.##;−0.##;0}");
}
