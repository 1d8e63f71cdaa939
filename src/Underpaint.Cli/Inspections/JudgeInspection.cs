using Spectre.Console;
using Underpaint.Evaluation.Judging;

namespace Underpaint.Cli.Inspections;

/// <summary>What a judge's file says about itself.</summary>
internal static class JudgeInspection
{
    /// <summary>Writes it as text or as one JSON object.</summary>
    public static void Write(Terminal terminal, string path, JudgeDescription judge, bool json)
    {
        if (json)
            WriteJson(terminal, path, judge);
        else
            WriteText(terminal, path, judge);
    }

    private static void WriteJson(Terminal terminal, string path, JudgeDescription judge) => terminal.WriteJson(new
    {
        Kind = "judge",
        Path = path,
        judge.Identity,
        judge.Version,
        judge.Data,
        judge.Fingerprint,
        judge.TrainingImages,
        judge.HeldOutImages,
        judge.Options,
        judge.Precision,
        judge.Threads,
        judge.Scores,
    });

    private static void WriteText(Terminal terminal, string path, JudgeDescription judge)
    {
        var facts = new FactTable();
        facts.Add("judge", $"{path}, {judge.Identity}");
        facts.Add("trained", $"on {Wording.Images(judge.TrainingImages)} of {judge.Data}, {Wording.Images(judge.Options.Images)} seen, {judge.Precision}");
        facts.Add("images", $"{judge.Options.Size}×{judge.Options.Size} pixels");
        facts.Add("features", $"{judge.Options.Features} numbers");
        facts.Write(terminal);
        terminal.Out.Write(ScoresOf(judge));
    }

    private static Table ScoresOf(JudgeDescription judge)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn(new Text($"on {Wording.Images(judge.HeldOutImages)} held out", FigureTable.TitleStyle)).NoWrap());
        foreach (string title in (string[])["accuracy", "R²", "mean error", "95 % within"])
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        foreach (JudgeScore score in judge.Scores)
        {
            bool isNumber = score.Accuracy is null;
            table.AddRow(new Text(Wording.OneLine(score.Question)), new Text(ShareOf(score.Accuracy)), new Text(ShareOf(score.R2)),
                new Text(isNumber ? Wording.Loss(score.MeanError) : ""), new Text(isNumber ? Wording.Loss(score.Error95) : ""));
        }
        return table;
    }

    private static string ShareOf(double? share) => share is { } known ? Wording.Share(known) : "";
}
