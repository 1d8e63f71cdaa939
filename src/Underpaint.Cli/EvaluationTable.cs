using Spectre.Console;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Cli;

/// <summary>Figures as text: a row for each metric, a column for each way of decoding; as many tables as the terminal's width takes.</summary>
internal static class EvaluationTable
{
    /// <summary>Letters of a mean with its interval, and of the space between columns.</summary>
    public const int CellWidth = 24;

    private static readonly Style Dim = new(decoration: Decoration.Dim), Bold = new(decoration: Decoration.Bold);

    /// <summary>Writes all figures.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="result">The figures.</param>
    public static void Write(Terminal terminal, EvaluationResult result)
    {
        int labels = result.Metrics.Max(metric => Label(metric).Length) + 3;
        int columns = Math.Max(1, (terminal.Out.Profile.Width - labels) / CellWidth);
        foreach (DecodingResult[] part in result.Decodings.Chunk(columns))
            terminal.Out.Write(Of(part, $"mean over {Wording.Images(result.Names.Count)}"));
        foreach (Figure figure in result.Codes.SelectMany(code => code.Figures))
            terminal.WriteLine($"{figure.Metric.Name} of the codes: {figure} {figure.Metric.Unit}".TrimEnd());
    }

    /// <summary>Says what every figure is.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="definitions">In lines of their own.</param>
    public static void WriteDefinitions(Terminal terminal, IEnumerable<string> definitions)
    {
        foreach (string definition in definitions)
            terminal.Out.Write(new Padder(new Text(definition + ".", Dim)).Padding(2, 0, 2, 0));
        terminal.WriteLine();
    }

    /// <summary>"PSNR, dB ↑": what is better stands behind the name, as an arrow or as what is aimed at.</summary>
    public static string Label(Metric metric) => $"{metric.Title} {Sign(metric)}";

    private static string Sign(Metric metric) => metric.Better switch
    {
        Better.Higher => "↑",
        Better.Lower => "↓",
        _ => "→1",
    };

    private static Table Of(DecodingResult[] decodings, string title)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn(new Text(title, Bold)).NoWrap());
        foreach (DecodingResult result in decodings)
            table.AddColumn(new TableColumn(new Text(result.Decoding.Name)).RightAligned());
        foreach (Figure figure in decodings[0].Figures)
            table.AddRow([new Text(Label(figure.Metric)), .. decodings.Select(result => Cell(result.Find(figure.Metric.Key)))]);
        return table;
    }

    private static Paragraph Cell(Figure? figure)
    {
        var cell = new Paragraph();
        if (figure is null)
            return cell;
        cell.Append(figure.Metric.Format(figure.Value));
        return figure.Interval is null ? cell : cell.Append(figure.ToString()[figure.Metric.Format(figure.Value).Length..], Dim);
    }
}
