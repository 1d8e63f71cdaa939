using Underpaint.Evaluation.Metrics;

namespace Underpaint.Evaluation.Uncertainty;

/// <summary>One metric over a set of images.</summary>
/// <param name="Metric">What it is.</param>
/// <param name="Value">The figure of all images together.</param>
/// <param name="Interval">How far it can be trusted; null for the distance of whole sets, which has no figures of single images.</param>
public sealed record Figure(Metric Metric, double Value, BootstrapInterval? Interval)
{
    /// <summary>The mean, with its interval where there is one, in the metric's digits: "21.34 [21.12, 21.57]".</summary>
    public override string ToString() => Interval is null
        ? Metric.Format(Value)
        : $"{Metric.Format(Value)} [{Metric.Format(Interval.Low)}, {Metric.Format(Interval.High)}]";
}
