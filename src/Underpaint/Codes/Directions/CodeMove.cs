using System.Globalization;

namespace Underpaint.Codes.Directions;

/// <summary>A move of codes along a direction.</summary>
/// <param name="Name">The direction's name.</param>
/// <param name="Strength">How far, in its units; negative for the other way.</param>
public sealed record CodeMove(string Name, double Strength)
{
    /// <summary>Reads "smile" (strength 1) or "smile=-0.5".</summary>
    /// <param name="text">The text; all after the last '=' is the strength, if it is a number, with a decimal point and no mark between thousands.</param>
    public static CodeMove Parse(string text)
    {
        int sign = text.LastIndexOf('=');
        return sign > 0 && double.TryParse(text[(sign + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double strength) && double.IsFinite(strength)
            ? new(text[..sign], strength)
            : new(text, 1);
    }

    /// <summary>
    /// Moves codes as Diff-AE does: standardised, plus amount · √d · w / ‖w‖, and back. An amount of 0 changes no bit, and no amount a number whose deviation is 0.
    /// </summary>
    /// <param name="codes">Whole codes one after the other.</param>
    /// <param name="statistics">Mean and deviation that they are standardised by.</param>
    /// <param name="weights">The direction w, of d numbers.</param>
    /// <param name="amount">How far, as a share of √d.</param>
    /// <returns>The moved codes.</returns>
    /// <exception cref="UnderpaintException">These are no whole codes.</exception>
    /// <exception cref="ArgumentException">The direction has more or fewer numbers than a code.</exception>
    public static float[] Apply(ReadOnlySpan<float> codes, CodeStatistics statistics, IReadOnlyList<float> weights, double amount)
    {
        if (weights.Count != statistics.CodeSize)
            throw new ArgumentException($"A direction of {weights.Count} numbers cannot move codes of {statistics.CodeSize}.", nameof(weights));
        double length = Math.Sqrt(weights.Sum(weight => (double)weight * weight)), scale = length > 0 ? amount * Math.Sqrt(weights.Count) / length : 0;
        var change = new double[codes.Length];
        for (int i = 0; i < change.Length; i++)
            change[i] = scale * weights[i % weights.Count];
        return statistics.Change(codes, change);
    }
}
