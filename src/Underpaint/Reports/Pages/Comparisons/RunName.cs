using ScottPlot;
using Underpaint.Evaluation.Comparisons;
using Underpaint.Reports.Plots;

namespace Underpaint.Reports.Pages.Comparisons;

/// <summary>A run's name with the dot of its colour, the same in all tables and plots.</summary>
internal static class RunName
{
    public static Html Of(Comparison comparison, ComparedRun run) => Html.Of($"""
        <span class="run"><i style="background:{ColorOf(comparison, run).ToStringRGB()}"></i>{run.Name}</span>
        """);

    public static Color ColorOf(Comparison comparison, ComparedRun run) =>
        PlotTheme.OfRun(comparison.Runs.Index().First(other => other.Item == run).Index);
}
