using FsCheck;
using FsCheck.Fluent;
using Underpaint.Reports.Plots;

namespace Underpaint.Tests.Reports.Plots;

public class ValueAxisTests
{
    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithQuietOnSuccess(true);

    [Fact]
    public void Round_values_are_labelled() =>
        Assert.Equal(["16", "18", "20", "22", "24"], ValueAxis.Linear(16, 24.3).Ticks.Select(tick => tick.Label));

    [Fact]
    public void Ratios_are_labelled_on_a_log_scale() =>
        Assert.Equal(["0.02", "0.05", "0.1", "0.2", "0.5"], ValueAxis.Log(0.02, 0.8).Ticks.Select(tick => tick.Label));

    [Fact]
    public void All_values_lie_inside_and_labels_are_few_and_different() =>
        Check.One(Quietly, Prop.ForAll<NormalFloat, NormalFloat, bool>((a, b, log) =>
        {
            double Value(NormalFloat value) => log ? Math.Exp(value.Item % 20) : value.Item % 1e6;
            (double low, double high) = (Math.Min(Value(a), Value(b)), Math.Max(Value(a), Value(b)));
            ValueAxis axis = log ? ValueAxis.Log(low, high) : ValueAxis.Linear(low, high);
            return axis.Low < axis.OnPlot(low) && axis.OnPlot(high) < axis.High
                && axis.Ticks.Count is >= 1 and <= 9
                && axis.Ticks.Select(tick => tick.Label).Distinct().Count() == axis.Ticks.Count;
        }));
}
