using Underpaint.Evaluation.Comparisons;
using Underpaint.Reports.Pages;
using Underpaint.Reports.Pages.Comparisons;

namespace Underpaint.Reports;

/// <summary>A comparison of runs as one page of HTML: who is better at what, pictures, plots, and every figure with its interval.</summary>
public static class ComparisonReport
{
    // More names make no title.
    private const int MostNames = 3;

    /// <summary>
    /// Writes the page. Like a run's report it holds everything itself, loads nothing and runs no scripts; it is readable from 400 units
    /// of width, in light and in dark.
    /// </summary>
    /// <param name="comparison">What it shows; all texts are escaped.</param>
    /// <returns>The HTML file's text, to be saved as UTF-8.</returns>
    public static string Render(Comparison comparison) => Page.Of("comparison", TitleOf(comparison),
        LeadSection.Of(comparison),
        Html.Of($"""
        {GlanceSection.Of(comparison)}{ShownSection.Of(comparison)}{CallsSection.Of(comparison)}{ScaleSection.Of(comparison)}
        {FiguresSection.Of(comparison)}{RunsSection.Of(comparison)}{DefinitionsSection.Of(comparison)}
        """));

    private static string TitleOf(Comparison comparison) => comparison.Runs.Count <= MostNames
        ? string.Join(" against ", comparison.Runs.Select(run => run.Name))
        : $"{comparison.Runs.Count} runs side by side";
}
