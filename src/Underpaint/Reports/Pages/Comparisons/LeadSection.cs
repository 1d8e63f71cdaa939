using Underpaint.Evaluation.Comparisons;

namespace Underpaint.Reports.Pages.Comparisons;

/// <summary>What the comparison says, in a few sentences, and what speaks against taking it at its face value.</summary>
internal static class LeadSection
{
    public static Html Of(Comparison comparison) => Html.Of($"""
        {ComparisonSummary.Of(comparison).Select((sentence, i) => Html.Of($"""<p class="{(i == 0 ? "lead" : "more")}">{sentence}</p>"""))}
        {Cautions(comparison)}<p class="small facts-line">{Figures.Count(comparison.Images)} images of {comparison.Data}; {Sameness(comparison)}.</p>

        """);

    // Runs that were allowed to differ may see other parts of the images, or in another size.
    private static string Sameness(Comparison comparison)
    {
        ComparedRun first = comparison.Runs[0];
        return comparison.Runs.All(run => run.HasImagesOf(first) && run.Recipe.Data with { Flip = first.Recipe.Data.Flip } == first.Recipe.Data)
            ? $"the same images and the same noise (seed {comparison.Seed}) for every run"
            : $"noise of seed {comparison.Seed}";
    }

    private static Html Cautions(Comparison comparison)
    {
        string[] cautions = [.. comparison.Missing.Select(run => $"{run.Name} could not be compared. {run.Reason}"), .. comparison.Notes];
        return cautions.Length == 0
            ? Html.Empty
            : Html.Of($"""<ul class="cautions">{cautions.Select(caution => Html.Of($"<li>{caution}</li>"))}</ul>""");
    }
}
