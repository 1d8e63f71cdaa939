using Underpaint.Evaluation.Comparisons;

namespace Underpaint.Reports.Pages.Comparisons;

/// <summary>What every figure is.</summary>
internal static class DefinitionsSection
{
    public static Html Of(Comparison comparison) => Html.Of($"""
        <section>
        <h2>What the figures are</h2>
        {comparison.Definitions.Select(definition => Html.Of($"""<p class="small">{definition}.</p>"""))}
        </section>

        """);
}
