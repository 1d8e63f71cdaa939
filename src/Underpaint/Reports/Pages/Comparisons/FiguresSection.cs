using Underpaint.Evaluation;

namespace Underpaint.Reports.Pages.Comparisons;

/// <summary>Every figure, and its difference to the first run's.</summary>
internal static class FiguresSection
{
    public static Html Of(Comparison comparison) => Html.Of($"""
        <section>
        <h2>All figures</h2>
        <p>Means with their 95 % intervals; below them the difference to {comparison.Runs[0].Name} and its interval, image by image. Unclear is what
        these images cannot tell.</p>
        {comparison.Decodings.Select(decoding => Table(comparison, decoding))}
        </section>

        """);

    private static Html Table(Comparison comparison, Decoding decoding) => Html.Of($"""
        <details{(decoding == comparison.Lead ? Html.Trusted(" open") : Html.Empty)}><summary>{decoding.Name}</summary>
        <div class="scroll"><table class="figures all">
        <thead><tr><th>Metric</th>{comparison.Runs.Select(run => Html.Of($"""<th class="number">{RunName.Of(comparison, run)}</th>"""))}</tr></thead>
        <tbody>{comparison.Metrics.Where(metric => comparison.Runs.Any(run => run.Find(decoding)?.Find(metric.Key) is not null))
            .Select(metric => Row(comparison, decoding, metric))}</tbody>
        </table></div></details>

        """);

    private static Html Row(Comparison comparison, Decoding decoding, Metric metric) => Html.Of($"""
        <tr><td>{metric.Name}{(metric.Unit == "" ? "" : $", {metric.Unit}")}<small>{metric.Direction}</small></td>
        {comparison.Runs.Select(run => Cell(comparison, run, decoding, metric))}</tr>

        """);

    private static Html Cell(Comparison comparison, ComparedRun run, Decoding decoding, Metric metric)
    {
        if (run.Find(decoding)?.Find(metric.Key) is not { } figure)
            return Html.Of($"""<td class="number">–</td>""");
        Difference? difference = run == comparison.Runs[0] ? null : comparison.Between(run, comparison.Runs[0], decoding, metric.Key);
        return Html.Of($"""
            <td class="number"><span>{metric.Format(figure.Value)}</span><small>{FigureText.IntervalOf(figure)}</small>{(difference is null ? Html.Empty : Text(difference))}</td>
            """);
    }

    private static Html Text(Difference difference) => difference.Verdict switch
    {
        Verdict.Better => Html.Of($"""<small class="better">better {FigureText.Of(difference)}</small>"""),
        Verdict.Worse => Html.Of($"""<small class="worse">worse {FigureText.Of(difference)}</small>"""),
        _ => Html.Of($"""<small>unclear {FigureText.Of(difference)}</small>"""),
    };
}
