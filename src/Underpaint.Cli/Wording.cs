using System.Globalization;

namespace Underpaint.Cli;

/// <summary>Figures and names as the tool writes them, whatever the machine's language.</summary>
internal static class Wording
{
    /// <summary>"28,600".</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>"1 image", "28,600 images".</summary>
    public static string Images(long count) => count == 1 ? "1 image" : $"{Count(count)} images";

    /// <summary>"1 step", "20 steps".</summary>
    public static string Steps(long count) => count == 1 ? "1 step" : $"{Count(count)} steps";

    /// <summary>"24.31 dB".</summary>
    public static string Decibels(double ratio) => FormattableString.Invariant($"{ratio:0.00} dB");

    /// <summary>"0.913".</summary>
    public static string Share(double share) => FormattableString.Invariant($"{share:0.000}");

    /// <summary>A loss, with the digits that matter: "0.0421", "12.3", "NaN".</summary>
    public static string Loss(double loss) => loss.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>"214 images/s".</summary>
    public static string Speed(double imagesPerSecond) => FormattableString.Invariant(
        $"{(imagesPerSecond < 10 ? imagesPerSecond.ToString("0.0", CultureInfo.InvariantCulture) : Count((long)imagesPerSecond))} images/s");

    /// <summary>"53 s", "2 min 03 s", "5 h 07 min", "3 d 04 h".</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 59.5 } => $"{Math.Round(time.TotalSeconds):0} s",
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds:00} s",
        { TotalDays: < 1 } => $"{time.Hours} h {time.Minutes:00} min",
        _ => $"{Count(time.Days)} d {time.Hours:00} h",
    };

    /// <summary>"640 B", "12.3 MB".</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        double value = bytes;
        int unit = 0;
        for (; value >= 999.5 && unit < units.Length - 1; unit++)
            value /= 1000;
        return FormattableString.Invariant($"{value:0.#} {units[unit]}");
    }

    /// <summary>A path to type: relative where it lies below the current folder, quoted where it has spaces.</summary>
    public static string ToType(string path)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        string shown = relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
        return shown.Any(char.IsWhiteSpace) ? $"\"{shown}\"" : shown;
    }

    /// <summary>A text on one line and without control characters, which a name from a file could steer the terminal with.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
