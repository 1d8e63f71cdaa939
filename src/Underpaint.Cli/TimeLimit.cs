using System.Globalization;
using System.Text.RegularExpressions;

namespace Underpaint.Cli;

/// <summary>A length of time as it is typed: "2h", "90m", "45s", "2h30m".</summary>
internal static partial class TimeLimit
{
    /// <summary>The time; null where the text is no such length, nothing at all, or over 30 days.</summary>
    public static TimeSpan? Parse(string text)
    {
        Match match = Pattern().Match(text);
        if (!match.Success)
            return null;
        double seconds = 3600 * Number("h") + 60 * Number("m") + Number("s");
        return seconds is > 0 and <= 30 * 24 * 3600 ? TimeSpan.FromSeconds(seconds) : null;

        double Number(string unit) => match.Groups[unit].Success ? double.Parse(match.Groups[unit].Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"^((?<h>\d+(\.\d+)?)h)?((?<m>\d+(\.\d+)?)m)?((?<s>\d+(\.\d+)?)s)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
