using Underpaint.Evaluation;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Reports;

/// <summary>
/// Writes reconstructions into a folder as they come: each as a picture of its own (<c>NAME.reconstruction.png</c>), and sheets
/// that show them beside the originals, the structure images and the errors (<c>reconstructions-01.png</c>, …).
/// </summary>
public sealed class ReconstructionFolder
{
    private readonly PictureNames _names = new();
    private readonly SheetFolder<Reconstruction> _folder;

    /// <summary>Uses a folder.</summary>
    /// <param name="folder">The folder; created where it is missing. Pictures of the same names in it are replaced.</param>
    /// <exception cref="UnderpaintException">The folder cannot be made.</exception>
    public ReconstructionFolder(string folder) => _folder = new(folder, "reconstructions", Arrange);

    /// <summary>The paths of the sheets written so far.</summary>
    public IReadOnlyList<string> Sheets => _folder.Sheets;

    /// <summary>How many reconstructions were added.</summary>
    public int Count => _names.Count;

    /// <summary>Writes a reconstruction, and a sheet whenever one is full.</summary>
    /// <param name="reconstruction">The reconstruction.</param>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Add(Reconstruction reconstruction)
    {
        _folder.Write($"{_names.New(reconstruction.Name)}.reconstruction.png", reconstruction.Image);
        _folder.Add(reconstruction, SheetSize.RowsOf(reconstruction.Image));
    }

    /// <summary>Writes the last sheet; call it after the last image.</summary>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Finish() => _folder.Finish();

    private static PictureGrid Arrange(IReadOnlyList<Reconstruction> rows) => new()
    {
        Columns = ["original", "structure image", "reconstruction", "error"],
        Rows = [.. rows.Select(Row)],
    };

    private static PictureRow Row(Reconstruction row) => new(PictureNames.LabelOf(row.Name),
    [
        new(row.Original),
        new(row.StructureImage, Figures.Decibels(PeakSignalToNoise.Of(row.Original, row.StructureImage))),
        new(row.Image, Figures.Decibels(PeakSignalToNoise.Of(row.Original, row.Image))),
        new(ErrorMap.Of(row.Original, row.Image)),
    ]);
}
