using Underpaint.Evaluation.Comparisons;
using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Uncertainty;

namespace Underpaint.Reports.Pages.Comparisons;

/// <summary>Figures and their intervals as pages write them.</summary>
internal static class FigureText
{
    /// <summary>"21.12 – 21.57"; nothing where there is no interval.</summary>
    public static string IntervalOf(Figure figure) => figure.Interval is { } interval
        ? $"{figure.Metric.Format(interval.Low)} – {figure.Metric.Format(interval.High)}"
        : "";

    /// <summary>"+1.20 (+1.01 … +1.38)".</summary>
    public static string Of(Difference difference) => difference.Interval is { } interval
        ? $"{Signed(difference.Metric, difference.Value)} ({Signed(difference.Metric, interval.Low)} … {Signed(difference.Metric, interval.High)})"
        : Signed(difference.Metric, difference.Value);

    private static string Signed(Metric metric, double value)
    {
        string text = metric.Format(value);
        return text.StartsWith('−') ? text : $"+{text}";
    }
}
