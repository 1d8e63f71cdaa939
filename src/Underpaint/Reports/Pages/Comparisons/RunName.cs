using Underpaint.Evaluation.Comparisons;
using Underpaint.Reports.Plots;

namespace Underpaint.Reports.Pages.Comparisons;

/// <summary>A run's name with the dot of its colour, the same in all tables and plots; a ring, broken as its lines are, where all colours are taken.</summary>
internal static class RunName
{
    public static Html Of(Comparison comparison, ComparedRun run) => Html.Of($"""
        <span class="run"><i style="{MarkOf(comparison.Runs.Index().First(other => other.Item == run).Index)}"></i>{run.Name}</span>
        """);

    private static string MarkOf(int place)
    {
        string color = PlotTheme.OfRun(place).ToStringRGB();
        return PlotTheme.RoundOfRun(place) switch
        {
            0 => $"background:{color}",
            1 => $"border:2px dashed {color}",
            2 => $"border:2px dotted {color}",
            _ => $"border:4px double {color}",
        };
    }
}
