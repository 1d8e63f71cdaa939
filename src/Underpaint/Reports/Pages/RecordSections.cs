namespace Underpaint.Reports.Pages;

/// <summary>What is needed to repeat the run: the recipe, the machine, and the images that had to be left out.</summary>
internal static class RecordSections
{
    // Enough to see what is wrong with a data source; the whole list would only make the page heavy.
    private const int MostSkipped = 200;

    public static Html Recipe(RunReportData data) => Html.Of($"""
        <section>
        <h2>Recipe</h2>
        <details><summary>Everything that was asked for, as JSON</summary>
        <pre>{data.RecipeJson}</pre>
        </details>
        </section>

        """);

    public static Html Environment(RunReportData data)
    {
        if (data.Environment.Count == 0)
            return Html.Empty;
        return Html.Of($"""
            <section>
            <h2>Environment</h2>
            <div class="scroll"><table class="facts"><tbody>
            {data.Environment.Select(fact => Pair(fact.Key, fact.Value))}</tbody></table></div>
            </section>

            """);
    }

    public static Html Skipped(RunReportData data)
    {
        if (data.Skipped.Count == 0)
            return Html.Empty;
        int more = data.Skipped.Count - MostSkipped;
        string images = data.Skipped.Count == 1 ? "One image" : $"{Figures.Count(data.Skipped.Count)} images";
        return Html.Of($"""
            <section>
            <h2>Skipped images</h2>
            <p>{images} could not be read and took no part in the training.</p>
            <div class="scroll"><table class="facts"><tbody>
            {data.Skipped.Take(MostSkipped).Select(image => Pair(image.Name, image.Reason))}</tbody></table></div>
            {(more > 0 ? Html.Of($"""<p class="small">… and {Figures.Count(more)} more.</p>""") : Html.Empty)}
            </section>

            """);
    }

    private static Html Pair(string name, string value) => Html.Of($"""
        <tr><th scope="row">{name}</th><td>{value}</td></tr>

        """);
}
