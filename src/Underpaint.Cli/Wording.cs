using System.Globalization;

namespace Underpaint.Cli;

/// <summary>Figures and names as the tool writes them, whatever the machine's language.</summary>
internal static class Wording
{
    /// <summary>"28,600".</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>"1 thread", "28,600 threads".</summary>
    public static string Count(long count, string thing) => $"{Count(count)} {thing}{(count == 1 ? "" : "s")}";

    /// <summary>"1 image", "28,600 images".</summary>
    public static string Images(long count) => Count(count, "image");

    /// <summary>"1 step", "20 steps".</summary>
    public static string Steps(long count) => Count(count, "step");

    /// <summary>"28,600 of 40,000 images".</summary>
    public static string Progress(long images, long of) => $"{Count(images)} of {Images(of)}";

    /// <summary>"PSNR 24.31 dB, SSIM 0.913".</summary>
    public static string Quality(double psnr, double ssim) => $"PSNR {Decibels(psnr)}, SSIM {Share(ssim)}";

    /// <summary>"24.31 dB".</summary>
    public static string Decibels(double ratio) => FormattableString.Invariant($"{ratio:0.00} dB");

    /// <summary>"0.913".</summary>
    public static string Share(double share) => FormattableString.Invariant($"{share:0.000}");

    /// <summary>A loss, with the digits that matter: "0.0421", "12.3", "NaN".</summary>
    public static string Loss(double loss) => loss.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>"214 images/s", "0.7 images/s".</summary>
    public static string Speed(double imagesPerSecond) => imagesPerSecond < 10
        ? FormattableString.Invariant($"{imagesPerSecond:0.0} images/s")
        : $"{Count((long)imagesPerSecond)} images/s";

    /// <summary>"53 s", "2 min 03 s", "5 h 07 min", "3 d 04 h".</summary>
    public static string Duration(TimeSpan time) => TimeSpan.FromSeconds(Math.Round(time.TotalSeconds)) switch
    {
        { TotalMinutes: < 1 } whole => $"{whole.Seconds} s",
        { TotalHours: < 1 } whole => $"{whole.Minutes} min {whole.Seconds:00} s",
        { TotalDays: < 1 } whole => $"{whole.Hours} h {whole.Minutes:00} min",
        var whole => $"{Count(whole.Days)} d {whole.Hours:00} h",
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

    /// <summary>A text on one line, without control characters: a file's name must not steer the terminal.</summary>
    public static string OneLine(string text)
    {
        string printable = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return string.Join(' ', printable.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
