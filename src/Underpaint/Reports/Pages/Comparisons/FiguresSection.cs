using Underpaint.Evaluation.Comparisons;
using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Reports.Pages.Comparisons;

/// <summary>Every figure, and its difference to the first run's.</summary>
internal static class FiguresSection
{
    public static Html Of(Comparison comparison) => Html.Of($"""
        <section>
        <h2>All figures</h2>
        <p>Means with their 95 % intervals; below them the difference to {comparison.Runs[0].Name} and its interval, image by image. Unclear is what
        these images cannot tell.</p>
        {comparison.Decodings.Select(decoding => Table(comparison, decoding.Name, decoding == comparison.Lead,
            (run, metric) => run.Find(decoding)?.Find(metric.Key), (run, metric) => comparison.Between(run, comparison.Runs[0], decoding, metric.Key)))}
        {Table(comparison, "codes", isOpen: true,
            (run, metric) => run.FindCode(metric.Key), (run, metric) => Comparison.CodesBetween(run, comparison.Runs[0], metric.Key))}
        </section>

        """);

    private static Html Table(Comparison comparison, string title, bool isOpen,
        Func<ComparedRun, Metric, Figure?> figureOf, Func<ComparedRun, Metric, Difference?> differenceOf)
    {
        Metric[] metrics = [.. comparison.Metrics.Where(metric => comparison.Runs.Any(run => figureOf(run, metric) is not null))];
        if (metrics.Length == 0)
            return Html.Empty;
        return Html.Of($"""
            <details{(isOpen ? Html.Trusted(" open") : Html.Empty)}><summary>{title}</summary>
            <div class="scroll"><table class="figures all">
            <thead><tr><th>Metric</th>{comparison.Runs.Select(run => Html.Of($"""<th class="number">{RunName.Of(comparison, run)}</th>"""))}</tr></thead>
            <tbody>{metrics.Select(metric => Html.Of($"""
            <tr><td>{metric.Title}<small>{metric.Direction}</small></td>
            {comparison.Runs.Select(run => Cell(figureOf(run, metric), run == comparison.Runs[0] ? null : differenceOf(run, metric)))}</tr>

            """))}</tbody>
            </table></div></details>

            """);
    }

    private static Html Cell(Figure? figure, Difference? difference) => figure is null
        ? Html.Of($"""<td class="number">–</td>""")
        : Html.Of($"""
            <td class="number"><span>{figure.Metric.Format(figure.Value)}</span><small>{FigureText.IntervalOf(figure)}</small>{(difference is null ? Html.Empty : Text(difference))}</td>
            """);

    private static Html Text(Difference difference) => difference.Verdict switch
    {
        Verdict.Better => Html.Of($"""<small class="better">better {FigureText.Of(difference)}</small>"""),
        Verdict.Worse => Html.Of($"""<small class="worse">worse {FigureText.Of(difference)}</small>"""),
        _ => Html.Of($"""<small>unclear {FigureText.Of(difference)}</small>"""),
    };
}
