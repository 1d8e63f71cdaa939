using Underpaint.Evaluation.Comparisons;

namespace Underpaint.Reports.Pages.Comparisons;

/// <summary>Who is better at what: one row for each thing that a picture can get right.</summary>
internal static class GlanceSection
{
    public static Html Of(Comparison comparison)
    {
        Ranking[] rankings = [.. Ranking.Leading(comparison)];
        if (rankings.Length == 0)
            return Html.Empty;
        return Html.Of($"""
            <section>
            <h2>Who is better at what</h2>
            <p>Pictures made in {comparison.LeadInWords} from random noise and the code. The best is marked where it is better by more than luck:
            where the 95 % interval of the difference, image by image, does not hold 0.</p>
            <div class="scroll"><table class="figures glance">
            <thead><tr><th>What is asked</th>{comparison.Runs.Select(run => Html.Of($"""<th class="number">{RunName.Of(comparison, run)}</th>"""))}</tr></thead>
            <tbody>{rankings.Select(ranking => Row(comparison, ranking))}</tbody>
            </table></div>
            </section>

            """);
    }

    private static Html Row(Comparison comparison, Ranking ranking) => Html.Of($"""
        <tr>
        <td><strong>{Capital(ranking.Metric.Aspect)}</strong><small>{ranking.Metric.Name}, {ranking.Metric.Direction}</small>
        <small class="verdict">{VerdictOf(comparison, ranking)}</small></td>
        {comparison.Runs.Select(run => Cell(ranking, run))}
        </tr>

        """);

    private static Html Cell(Ranking ranking, ComparedRun run)
    {
        if (ranking.FigureOf(run) is not { } figure)
            return Html.Of($"""<td class="number">–</td>""");
        string best = ranking.IsClear && ranking.Best == run ? "number best" : "number";
        string unit = figure.Metric.Unit == "" ? "" : $" {figure.Metric.Unit}";
        return Html.Of($"""<td class="{best}"><span>{figure.Metric.Format(figure.Value)}{unit}</span><small>{FigureText.IntervalOf(figure)}</small></td>""");
    }

    private static string VerdictOf(Comparison comparison, Ranking ranking)
    {
        if (comparison.Runs.Count == 1)
            return "";
        if (ranking.IsOfOne)
            return "measured for one run only";
        if (ranking.IsClear)
            return $"{ranking.Best.Name} is {(comparison.Runs.Count == 2 ? "better" : "best")}";
        return ranking.HasIntervals ? "no clear difference" : $"{ranking.Best.Name} has the better figure; no interval of the difference";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
