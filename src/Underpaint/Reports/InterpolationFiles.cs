using Underpaint.Codes.Interpolations;
using Underpaint.Storage;

namespace Underpaint.Reports;

/// <summary>Writes the way between two images: a strip (<c>NAME.png</c>) and an animation that goes there and back (<c>NAME.webp</c>).</summary>
public static class InterpolationFiles
{
    private const int StripColumns = 10;

    /// <summary>Writes both files.</summary>
    /// <param name="result">The way.</param>
    /// <param name="name">The path of the files, without an ending. Its folder must exist.</param>
    /// <param name="duration">How long the animation shows each picture.</param>
    /// <returns>The paths of the strip and of the animation.</returns>
    /// <exception cref="UnderpaintException">The strip would be too large, or a file cannot be written.</exception>
    public static (string Strip, string Animation) Write(InterpolationResult result, string name, TimeSpan duration)
    {
        string strip = name + ".png", animation = name + ".webp";
        byte[] png = Strip(result), webp = Animation.ToWebP(Animation.ThereAndBack(result.Frames), duration);
        AtomicFile.Write(strip, stream => stream.Write(png));
        AtomicFile.Write(animation, stream => stream.Write(webp));
        return (strip, animation);
    }

    private static byte[] Strip(InterpolationResult result)
    {
        int last = result.Frames.Count - 1;
        PictureCell[] cells =
        [
            new(result.From, "from"),
            .. result.Frames.Select((frame, i) => new PictureCell(frame, Figures.Share((double)i / last))),
            new(result.To, "to"),
        ];
        return new PictureGrid { Rows = [.. cells.Chunk(StripColumns + 2).Select(row => new PictureRow("", row))] }.ToPng();
    }
}
