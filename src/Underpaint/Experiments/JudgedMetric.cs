using System.Globalization;

namespace Underpaint.Experiments;

/// <summary>A metric that results show.</summary>
/// <param name="Key">Its key in JSON.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Unit">Its unit; empty where it has none.</param>
/// <param name="Digits">How many digits after the point are shown.</param>
/// <param name="Definition">What it is, in one line.</param>
internal sealed record JudgedMetric(string Key, string Name, string Unit, int Digits, string Definition)
{
    /// <summary>"PSNR, dB".</summary>
    public string Title => Unit.Length > 0 ? $"{Name}, {Unit}" : Name;

    /// <summary>A figure with the digits that are worth showing: "21.30".</summary>
    public string Format(double value) => value.ToString($"F{Digits}", CultureInfo.InvariantCulture).Replace('-', '−');
}
