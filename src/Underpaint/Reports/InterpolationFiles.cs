using Underpaint.Codes.Interpolations;
using Underpaint.Storage;

namespace Underpaint.Reports;

/// <summary>
/// Writes the way between two images: a strip (<c>NAME.png</c>), of pictures evenly chosen where not all fit on it, and an animation of all that goes there and
/// back (<c>NAME.webp</c>).
/// </summary>
public static class InterpolationFiles
{
    private const int StripColumns = 12;

    /// <summary>Refuses a name before the work for it: one whose files have no folder to be in, or would replace an image that the way is between.</summary>
    /// <param name="name">The path of the files, without an ending.</param>
    /// <param name="images">Where the images come from.</param>
    /// <exception cref="UnderpaintException">It is such a name.</exception>
    public static void Check(string name, params string[] images)
    {
        foreach (string file in new[] { StripOf(name), AnimationOf(name) })
        {
            OutputFile.CheckFolder(file);
            OutputFile.CheckIsNone(file, images);
        }
    }

    /// <summary>Writes both files.</summary>
    /// <param name="result">The way.</param>
    /// <param name="name">The path of the files, without an ending. Its folder must exist.</param>
    /// <param name="duration">How long the animation shows each picture.</param>
    /// <returns>The paths of the strip and of the animation.</returns>
    /// <exception cref="UnderpaintException">The pictures are too large for a strip or an animation, or a file cannot be written.</exception>
    public static (string Strip, string Animation) Write(InterpolationResult result, string name, TimeSpan duration)
    {
        string strip = StripOf(name), animation = AnimationOf(name);
        byte[] png = Strip(result), webp = Animation.ToWebP(Animation.ThereAndBack(result.Frames), duration);
        AtomicFile.Write(strip, stream => stream.Write(png));
        AtomicFile.Write(animation, stream => stream.Write(webp));
        return (strip, animation);
    }

    private static string StripOf(string name) => name + ".png";

    private static string AnimationOf(string name) => name + ".webp";

    private static byte[] Strip(InterpolationResult result)
    {
        int last = result.Frames.Count - 1, columns = SheetSize.ColumnsOf(result.From, StripColumns);
        // The two images themselves take room, too.
        int shown = Math.Clamp(columns * SheetSize.RowsOf(result.From) - 2, 2, result.Frames.Count);
        PictureCell[] cells =
        [
            new(result.From, "from"),
            .. Enumerable.Range(0, shown).Select(i => i * last / (shown - 1)).Select(i => new PictureCell(result.Frames[i], Figures.Share((double)i / last))),
            new(result.To, "to"),
        ];
        return new PictureGrid { Rows = [.. cells.Chunk(columns).Select(row => new PictureRow("", row))] }.ToPng();
    }
}
