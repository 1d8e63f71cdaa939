using System.Globalization;

namespace Underpaint.Reports;

/// <summary>Figures as pictures and reports write them, whatever the machine's language.</summary>
internal static class Figures
{
    /// <summary>"400 000", with thin spaces.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u2009');

    /// <summary>"400k", "1.5M", for the labels of axes and columns.</summary>
    public static string ShortCount(double count) => count switch
    {
        >= 1e6 => Invariant($"{count / 1e6:0.##}M"),
        >= 1e3 => Invariant($"{count / 1e3:0.##}k"),
        _ => Invariant($"{count:0}"),
    };

    /// <summary>"24.31 dB"; "identical" for the infinite ratio of an image without errors.</summary>
    public static string Decibels(double ratio) => double.IsPositiveInfinity(ratio) ? "identical" : Invariant($"{ratio:0.00} dB");

    /// <summary>"0.913".</summary>
    public static string Share(double share) => Invariant($"{share:0.000}").Replace('-', '−');

    /// <summary>"20 steps", "1 step".</summary>
    public static string Steps(int steps) => steps == 1 ? "1 step" : $"{Count(steps)} steps";

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
