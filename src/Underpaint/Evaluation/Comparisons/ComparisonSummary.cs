using Underpaint.Evaluation.Metrics;

namespace Underpaint.Evaluation.Comparisons;

/// <summary>What a comparison says, in plain words, derived from its figures alone.</summary>
public static class ComparisonSummary
{
    /// <summary>The sentences, the most important first.</summary>
    /// <param name="comparison">The comparison.</param>
    public static IReadOnlyList<string> Of(Comparison comparison)
    {
        Ranking[] rankings = [.. Ranking.Leading(comparison)];
        return comparison.Runs.Count == 1 || rankings.Length == 0
            ? [Alone(comparison, rankings)]
            : [.. new[] { Winners(comparison, rankings), Calls(comparison, rankings) }.Where(sentence => sentence != "")];
    }

    private static string Alone(Comparison comparison, Ranking[] rankings)
    {
        ComparedRun run = comparison.Runs[0];
        string figures = string.Join(", ", rankings.Select(ranking => $"{ranking.Metric.Name} {Text(ranking, run)}"));
        return $"In {comparison.LeadInWords}, {run.Name} reaches {figures}.";
    }

    private static string Winners(Comparison comparison, Ranking[] rankings)
    {
        string[] parts =
        [
            .. rankings.Where(ranking => ranking.IsClear).GroupBy(ranking => ranking.Best).OrderByDescending(group => group.Count())
                .Select(group => $"{group.Key.Name} is {(comparison.Runs.Count == 2 ? "better" : "best")} at {Listed(group.Select(ranking => ranking.Metric.Aspect))}"),
        ];
        if (!comparison.Runs.All(run => run.HasImagesOf(comparison.Runs[0])) && parts.Length == 0)
            return $"In {comparison.LeadInWords}, the runs could not read the same images, so none can be called better than {(comparison.Runs.Count == 2 ? "the other" : "all others")}.";
        if (parts.Length == 0)
            return $"In {comparison.LeadInWords}, no run is clearly better than {(comparison.Runs.Count == 2 ? "the other" : "all others")} at anything; "
                + $"{comparison.Images} images cannot tell.";
        // Where there is no interval of the difference, nothing could ever be clear.
        string[] open = [.. rankings.Where(ranking => ranking is { IsClear: false, HasIntervals: true, IsOfOne: false }).Select(ranking => ranking.Metric.Aspect)];
        return $"In {comparison.LeadInWords}, {string.Join("; ", parts)}{(open.Length > 0 ? $"; at {Listed(open)} none is clearly the best" : "")}.";
    }

    /// <summary>Whether the run that is better at most needs fewer network calls than another that it beats at any number.</summary>
    private static string Calls(Comparison comparison, Ranking[] rankings)
    {
        if (rankings.Where(ranking => ranking.IsClear).GroupBy(ranking => ranking.Best).MaxBy(group => group.Count())?.Key is not { } winner)
            return "";
        Metric[] metrics =
        [
            .. rankings.Where(ranking => ranking.HasIntervals && ranking.Metric.Better != Better.NearerToOne)
                .Select(ranking => ranking.Metric).Where(metric => winner.Find(comparison.Lead)!.Find(metric.Key) is not null),
        ];
        if (metrics.Length == 0)
            return "";
        string[] beaten = [.. comparison.Runs.Where(run => run != winner).Select(other => Beaten(comparison, winner, other, metrics)).OfType<string>()];
        return beaten.Length == 0 ? "" : $"By {Listed(metrics.Select(metric => metric.Name))}, {winner.Name} is better {Listed(beaten)}.";
    }

    private static string? Beaten(Comparison comparison, ComparedRun winner, ComparedRun other, Metric[] metrics)
    {
        IReadOnlyList<Decoding> ways = comparison.BySteps;
        Decoding? fewest = ways.FirstOrDefault(way => ways.All(otherWay => metrics.All(metric =>
            comparison.Between(winner, way, other, otherWay, metric.Key)?.Verdict == Verdict.Better)));
        return fewest is null || fewest.Steps == ways[^1].Steps
            ? null
            : $"with {Calls(fewest)} than {other.Name} with any number up to {ways[^1].Steps}";
    }

    private static string Calls(Decoding decoding) => decoding.Steps == 1 ? "a single network call" : $"{decoding.Steps} network calls";

    private static string Text(Ranking ranking, ComparedRun run) =>
        $"{ranking.Metric.Format(ranking.FigureOf(run)!.Value)} {ranking.Metric.Unit}".TrimEnd();

    private static string Listed(IEnumerable<string> parts)
    {
        string[] all = [.. parts];
        return all.Length == 1 ? all[0] : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
