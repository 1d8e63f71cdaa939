using Underpaint.Evaluation.Comparisons;
using Underpaint.Training;

namespace Underpaint.Reports.Pages.Comparisons;

/// <summary>What each run is, and what could not be measured of it.</summary>
internal static class RunsSection
{
    public static Html Of(Comparison comparison) => Html.Of($"""
        <section>
        <h2>The runs</h2>
        <div class="scroll"><table class="figures">
        <thead><tr><th>Run</th><th>Recipe</th><th>Phases</th><th class="number">Seed</th><th class="number">Images seen</th><th class="number">Weights</th></tr></thead>
        <tbody>{comparison.Runs.Select(run => Row(comparison, run))}</tbody>
        </table></div>
        {comparison.Runs.Select(Recipe)}
        {LeftOut(comparison)}
        </section>

        """);

    private static Html Row(Comparison comparison, ComparedRun run) => Html.Of($"""
        <tr><td>{RunName.Of(comparison, run)}</td><td>{run.Recipe.Name}</td>
        <td>{string.Join(" → ", new PhasePlan(run.Recipe).Spans.Where(span => span.Start < run.Model.ImagesSeen).Select(span => span.Name))}</td>
        <td class="number">{run.Recipe.Seed}</td><td class="number">{(run.Model.KnowsImages ? Figures.Count(run.Model.ImagesSeen) : "unknown")}</td>
        <td class="number">{Figures.ShortCount(run.Model.Weights)}</td></tr>

        """);

    private static IEnumerable<Html> LeftOut(Comparison comparison) => comparison.Runs
        .SelectMany(run => run.Result.LeftOut, (run, left) => (Run: run, Left: left)).GroupBy(pair => pair.Left, pair => pair.Run.Name)
        .Select(group => group.Count() == comparison.Runs.Count
            ? Html.Of($"""<p class="small">Left out: {group.Key.Name}. {group.Key.Reason}</p>""")
            : Html.Of($"""<p class="small">Left out of {string.Join(", ", group)}: {group.Key.Name}. {group.Key.Reason}</p>"""));

    private static Html Recipe(ComparedRun run) => Html.Of($"""
        <details><summary>Recipe of {run.Name}, as JSON</summary>
        <pre>{RecipeWriter.Write(run.Recipe)}</pre>
        </details>

        """);
}
