using Underpaint.Data.Sources;

namespace Underpaint.Cli;

/// <summary>An image source in a line.</summary>
internal static class SourceText
{
    /// <summary>"folder photos, 10 classes, 32×32 pixels".</summary>
    public static string Of(SourceReport report)
    {
        string classes = report.Labels.Count > 0 ? $", {Wording.Count(report.Labels.Count)} classes" : "";
        return $"{report.Description}{classes}, {SizesOf(report)}";
    }

    /// <summary>"32×32 pixels", "600×400 … 1200×900 pixels".</summary>
    public static string SizesOf(SourceReport report)
    {
        string smallest = $"{report.MinWidth}×{report.MinHeight}", largest = $"{report.MaxWidth}×{report.MaxHeight}";
        if (report.MaxWidth == 0)
            return "none of those looked at can be read";
        return smallest == largest ? $"{largest} pixels" : $"{smallest} … {largest} pixels";
    }
}
