using Underpaint.Cli.Progress;
using Underpaint.Data;
using Underpaint.Data.Labels;
using Underpaint.Data.Sources;

namespace Underpaint.Cli.Inspections;

/// <summary>What images there are: their sizes and classes, and which of them cannot be read. Every one is decoded.</summary>
internal static class SourceInspection
{
    private const int ClassesShown = 20;

    /// <summary>Writes it as text or as one JSON object.</summary>
    /// <returns>The exit code: failed if not one image can be read.</returns>
    public static int Write(Terminal terminal, string path, bool json)
    {
        using IImageSource source = ImageSources.Open(path);
        SourceReport? report = null;
        CountedProgress.Watch(terminal, "reading", source.Count, counted =>
            report = DataScan.Run(source, progress: _ => counted(), stop: terminal.Stop));
        if (json)
            WriteJson(terminal, report!);
        else
            WriteText(terminal, report!);
        return report!.MaxWidth > 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static void WriteJson(Terminal terminal, SourceReport report) => terminal.WriteJson(new
    {
        Kind = "images",
        report.Description,
        report.Images,
        report.Labels,
        report.MinWidth,
        report.MaxWidth,
        report.MinHeight,
        report.MaxHeight,
        Unreadable = report.Unreadable.Select(image => new { image.Name, image.Reason }),
    });

    private static void WriteText(Terminal terminal, SourceReport report)
    {
        var facts = new FactTable();
        facts.Add("images", $"{Wording.Count(report.Images)} in {report.Description}");
        facts.Add("sizes", SourceText.SizesOf(report));
        facts.Add("unreadable", report.Unreadable.Count == 0 ? "none" : Wording.Images(report.Unreadable.Count));
        facts.Add("classes", report.Labels.Count == 0 ? "none" : Wording.Count(report.Labels.Count));
        foreach (LabelCount label in report.Labels.Take(ClassesShown))
            facts.Add("", $"{label.Name}: {Wording.Images(label.Images)}");
        if (report.Labels.Count > ClassesShown)
            facts.Add("", "and more");
        facts.Write(terminal);
        SkippedList.Write(terminal, report.Unreadable);
    }
}
