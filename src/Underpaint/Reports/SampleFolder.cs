using Underpaint.Codes.Latents;

namespace Underpaint.Reports;

/// <summary>
/// Writes new images into a folder as they come: each as a picture of its own (<c>sample-0001.png</c>), and sheets of many
/// (<c>samples-01.png</c>), where the nearest known images stand beside each new one.
/// </summary>
public sealed class SampleFolder
{
    private readonly SheetFolder<(SampledImage Sample, IReadOnlyList<KnownImage> Nearest)> _folder;

    /// <summary>Uses a folder.</summary>
    /// <param name="folder">The folder; created where it is missing. Pictures of the same names in it are replaced.</param>
    /// <exception cref="UnderpaintException">The folder cannot be made.</exception>
    public SampleFolder(string folder) => _folder = new(folder, "samples", Arrange);

    /// <summary>The paths of the sheets written so far.</summary>
    public IReadOnlyList<string> Sheets => _folder.Sheets;

    /// <summary>Writes a picture, and a sheet whenever one is full.</summary>
    /// <param name="sample">The new image.</param>
    /// <param name="nearest">The nearest known images, nearest first; may be none. As many for each sample.</param>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Add(SampledImage sample, IReadOnlyList<KnownImage> nearest)
    {
        _folder.Write($"sample-{sample.Number + 1:0000}.png", sample.Image);
        int side = SheetSize.SideOf(sample.Image);
        _folder.Add((sample, nearest), nearest.Count > 0 ? SheetSize.RowsOf(sample.Image) : side * side);
    }

    /// <summary>Writes the last sheet; call it after the last image.</summary>
    /// <exception cref="UnderpaintException">The disk is full or the folder cannot be written.</exception>
    public void Finish() => _folder.Finish();

    private static PictureGrid Arrange(IReadOnlyList<(SampledImage Sample, IReadOnlyList<KnownImage> Nearest)> samples)
    {
        int neighbors = samples.Max(row => row.Nearest.Count);
        return neighbors > 0
            ? new()
            {
                Columns = ["new image", .. Enumerable.Range(1, neighbors).Select(rank => rank == 1 ? "nearest known" : $"{rank}. nearest")],
                Rows = [.. samples.Select(row => new PictureRow(Label(row.Sample), [new(row.Sample.Image), .. row.Nearest.Select(Cell)]))],
            }
            : new()
            {
                Rows = [.. samples.Select(row => new PictureCell(row.Sample.Image, Label(row.Sample)))
                    .Chunk(SheetSize.SideOf(samples[0].Sample.Image)).Select(row => new PictureRow("", row))],
            };
    }

    private static string Label(SampledImage sample) => Figures.Invariant($"{sample.Number + 1}");

    private static PictureCell Cell(KnownImage known) => new(known.Image, Figures.Invariant($"{known.Distance:0.00} · {PictureNames.LabelOf(known.File)}"));
}
