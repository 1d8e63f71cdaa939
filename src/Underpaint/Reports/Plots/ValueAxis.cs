using System.Globalization;

namespace Underpaint.Reports.Plots;

/// <summary>The range, the scale and the labelled values of a plot's axis.</summary>
/// <param name="Low">The lowest value shown, on the plot's scale.</param>
/// <param name="High">The highest value shown, on the plot's scale.</param>
/// <param name="Ticks">Where labels stand, on the plot's scale, and what they say.</param>
/// <param name="OnPlot">From a value to the plot's scale.</param>
internal sealed record ValueAxis(double Low, double High, IReadOnlyList<(double Position, string Label)> Ticks, Func<double, double> OnPlot)
{
    // The names of the phases stand in this share of the height, above all curves.
    private const double Headroom = 0.14;
    private const double Margin = 0.05;
    private const int MostLabels = 6;

    /// <summary>Equal distances for equal differences.</summary>
    /// <param name="low">The lowest value.</param>
    /// <param name="high">The highest value.</param>
    /// <param name="hasNames">Whether names of phases stand above the curves. Default true.</param>
    public static ValueAxis Linear(double low, double high, bool hasNames = true) =>
        Create(low, high, value => value, (from, to) => RoundValues(from, to, about: 5), hasNames);

    /// <summary>Equal distances for equal ratios; both values above 0.</summary>
    /// <param name="low">The lowest value.</param>
    /// <param name="high">The highest value.</param>
    /// <param name="hasNames">Whether names of phases stand above the curves. Default true.</param>
    public static ValueAxis Log(double low, double high, bool hasNames = true) =>
        Create(low, high, Math.Log10, (from, to) => RatioValues(Math.Pow(10, from), Math.Pow(10, to)), hasNames);

    /// <summary>Images seen, from 0 on.</summary>
    /// <param name="last">The last image.</param>
    public static ValueAxis Images(long last) =>
        // A little more on the right, so that a mark at the very end is whole.
        new(0, last * 1.01, [.. RoundValues(0, last, about: 5).Select(count => (count, Figures.ShortCount(count)))], value => value);

    /// <summary>A few counts, each with its label; equal distances for equal ratios.</summary>
    /// <param name="counts">Rising, at least two, all above 0.</param>
    public static ValueAxis Counts(IReadOnlyList<int> counts)
    {
        double from = Math.Log10(counts[0]), to = Math.Log10(counts[^1]), margin = Margin * (to - from);
        return new(from - margin, to + margin, [.. counts.Select(count => (Math.Log10(count), Figures.ShortCount(count)))], Math.Log10);
    }

    /// <summary>A range that is known beforehand; equal distances for equal differences.</summary>
    /// <param name="low">Its lower end.</param>
    /// <param name="high">Its upper end.</param>
    public static ValueAxis Range(double low, double high) =>
        new(low, high + 0.01 * (high - low), [.. RoundValues(low, high, about: 5).Select(value => (value, LabelOf(value)))], value => value);

    /// <summary>About so many round values between two others.</summary>
    public static IEnumerable<double> RoundValues(double low, double high, int about)
    {
        double rough = (high - low) / about;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        for (double n = Math.Ceiling(low / step); n * step <= high; n++)
            yield return n * step;
    }

    private static ValueAxis Create(double low, double high, Func<double, double> onPlot, Func<double, double, IEnumerable<double>> ticks, bool hasNames)
    {
        (double from, double to) = (onPlot(low), onPlot(high));
        // A flat curve still gets a range around it, wide enough for labels that differ.
        double magnitude = Math.Max(Math.Abs(from), Math.Abs(to));
        double span = to - from > 1e-6 * magnitude ? to - from : magnitude > 0 ? 0.1 * magnitude : 1;
        from -= Margin * span;
        to = from + span * (1 + 2 * Margin);
        return new(from, to + (hasNames ? Headroom * span : 0), [.. ticks(from, to).Select(value => (onPlot(value), LabelOf(value)))], onPlot);
    }

    /// <summary>1, 2, 5, 10 … as far as that gives at most six labels, otherwise every so many powers of ten.</summary>
    private static IEnumerable<double> RatioValues(double low, double high)
    {
        int first = (int)Math.Floor(Math.Log10(low)), last = (int)Math.Ceiling(Math.Log10(high));
        int every = Math.Max(1, (last - first + MostLabels - 1) / MostLabels);
        double[] powers = [.. Enumerable.Range(first, last - first + 1).Where(n => n % every == 0).Select(n => Math.Pow(10, n))];
        double[][] choices = [[1, 1.5, 2, 3, 4, 5, 6, 8], [1, 2, 5], [1, 3], [1]];
        double[] chosen = choices.Select(Inside).First(values => values.Length <= Math.Max(MostLabels, powers.Length));
        // Over a narrow range a log scale is all but linear.
        return chosen.Length < 2 ? RoundValues(low, high, about: 4) : chosen;

        double[] Inside(double[] digits) =>
            [.. powers.SelectMany(power => digits.Select(digit => digit * power)).Where(value => value >= low && value <= high)];
    }

    private static string LabelOf(double value)
    {
        bool plain = value == 0 || Math.Abs(value) is >= 1e-4 and < 1e6;
        // Adding zero makes nothing of a negative zero.
        return (plain ? Math.Round(value, 12) + 0.0 : value)
            .ToString(plain ? "#,0.##########" : "0.###e0", CultureInfo.InvariantCulture).Replace(',', ' ').Replace('-', '−');
    }
}
