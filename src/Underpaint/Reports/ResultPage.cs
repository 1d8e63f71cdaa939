using Underpaint.Reports.Pages;
using Underpaint.Reports.Plots;

namespace Underpaint.Reports;

/// <summary>Results as one page of HTML, which holds all that it shows.</summary>
internal static class ResultPage
{
    private const int MostInALine = 80;

    /// <summary>The HTML file's text.</summary>
    public static string Render(ResultDocument document) => Page.Of("experiment", document.Title, Html.Of($"""<p class="lead">{document.Lead}</p>"""), Html.Of($"""
        {document.Sections.Select(Section)}
        <section>
        <h2>What the figures are</h2>
        {document.Definitions.Select(definition => Html.Of($"<p>{definition}.</p>"))}
        </section>
        """));

    private static Html Section(ResultSection section) => Html.Of($"""
        <section>
        <h2>{section.Title}</h2>
        {(section.Note.Length > 0 ? Html.Of($"<p>{section.Note}</p>") : Html.Empty)}
        {Plots([.. section.Curves.Select(Curves), .. section.Points.Select(Points)])}
        {section.Tables.Select(Table)}
        </section>

        """);

    private static Html Plots(Html[] figures) => figures.Length > 0 ? Html.Of($"""<div class="plots">{figures}</div>""") : Html.Empty;

    private static Html Points(ResultPoints points) => PlotFigure.Of(points.Title, points.Axes, new PointPlot { Points = points.Points });

    private static Html Curves(ResultCurves curves) => PlotFigure.Of(curves.Title, new CurvePlot
    {
        Series = [.. curves.Lines.Select((line, i) => new CurveSeries(line.Name, PlotTheme.OfRun(i), line.Points) { Pattern = PlotTheme.PatternOfRun(i) })],
        Phases = [],
    });

    private static Html Table(ResultTable table) => Html.Of($"""
        {(table.Title.Length > 0 ? Html.Of($"<h3>{table.Title}</h3>") : Html.Empty)}
        <div class="scroll"><table class="figures">
        <thead><tr>{table.Columns.Select(column => Html.Of($"<th>{column}</th>"))}</tr></thead>
        <tbody>{table.Rows.Select(row => Html.Of($"<tr>{row.Select(Cell)}</tr>"))}</tbody>
        </table></div>

        """);

    // Figures stay in one line; what is longer than any of them is words.
    private static Html Cell(ResultCell cell) => cell.Text.Length > MostInALine
        ? Html.Of($"""<td class="words">{cell.Text}</td>""")
        : Html.Of($"<td>{cell.Text}{Interval(cell)}</td>");

    // Below its figure, so that a table of many metrics is no wider than the page.
    private static Html Interval(ResultCell cell) => cell.Interval.Length > 0 ? Html.Of($"<small>{cell.Interval}</small>") : Html.Empty;
}
