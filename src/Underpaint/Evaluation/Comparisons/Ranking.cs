using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Evaluation.Comparisons;

/// <summary>The runs of a comparison by one metric.</summary>
public sealed class Ranking
{
    private readonly Dictionary<ComparedRun, Figure> _figures;

    private Ranking(Metric metric, Dictionary<ComparedRun, Figure> figures, Func<ComparedRun, ComparedRun, Difference?> between)
    {
        (Metric, _figures) = (metric, figures);
        Best = figures.MaxBy(pair => metric.MeritOf(pair.Value.Value)).Key;
        IsClear = figures.Count > 1 && figures.Keys.Where(run => run != Best).All(run => between(Best, run)?.Verdict == Verdict.Better);
    }

    /// <summary>The metric.</summary>
    public Metric Metric { get; }

    /// <summary>The run with the best figure.</summary>
    public ComparedRun Best { get; }

    /// <summary>Whether it is better than every other by more than the luck of the images.</summary>
    public bool IsClear { get; }

    /// <summary>Whether luck can be told from merit at all: not by figures without intervals, nor between runs of different images.</summary>
    public bool HasIntervals => _figures.All(pair => pair.Value.Interval is not null && pair.Key.HasImagesOf(Best));

    /// <summary>Whether one run alone has such a figure.</summary>
    public bool IsOfOne => _figures.Count == 1;

    /// <summary>The rankings that lead a comparison: by the metrics that have an <see cref="Metric.Aspect"/>, in its leading way of decoding, and of the codes.</summary>
    /// <param name="comparison">The comparison.</param>
    public static IEnumerable<Ranking> Leading(Comparison comparison)
    {
        foreach (Metric metric in comparison.Metrics.Where(metric => metric.Aspect != ""))
        {
            Dictionary<ComparedRun, Figure> figures = FiguresOf(comparison, run => run.Find(comparison.Lead)?.Find(metric.Key));
            if (figures.Count > 0)
                yield return new(metric, figures, (run, other) => comparison.Between(run, other, comparison.Lead, metric.Key));
            Dictionary<ComparedRun, Figure> codes = FiguresOf(comparison, run => run.FindCode(metric.Key));
            if (codes.Count > 0)
                yield return new(metric, codes, (run, other) => Comparison.CodesBetween(run, other, metric.Key));
        }
    }

    /// <summary>A run's figure; null where it was left out.</summary>
    /// <param name="run">The run.</param>
    public Figure? FigureOf(ComparedRun run) => _figures.GetValueOrDefault(run);

    private static Dictionary<ComparedRun, Figure> FiguresOf(Comparison comparison, Func<ComparedRun, Figure?> figureOf) =>
        comparison.Runs.Where(run => figureOf(run) is not null).ToDictionary(run => run, run => figureOf(run)!);
}
