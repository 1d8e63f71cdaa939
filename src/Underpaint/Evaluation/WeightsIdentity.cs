using System.Globalization;
using Underpaint.Storage;

namespace Underpaint.Evaluation;

/// <summary>
/// Tells a network's weights from others. Other weights make another metric: their figures must never be compared, or be taken for each
/// other from a file. So a network's metric names its weights in its definition and has their number as its version.
/// </summary>
internal static class WeightsIdentity
{
    private const int Digits = 12;
    private const int VersionDigits = 7;

    /// <summary>The identity of weights: the first hexadecimal digits of their SHA-256.</summary>
    /// <param name="weights">The weights of each network that the figures depend on, in the network's order.</param>
    public static string Of(params float[][] weights) => OfChecksum(NumberHash.Of(weights));

    /// <summary>The identity of weights whose whole SHA-256 is known.</summary>
    /// <param name="checksum">In hexadecimal digits; of a damaged file it may be anything.</param>
    public static string OfChecksum(string checksum) => checksum[..Math.Min(Digits, checksum.Length)];

    /// <summary>An identity as a metric's version.</summary>
    /// <param name="identity">What <see cref="Of"/> gives.</param>
    public static int VersionOf(string identity) =>
        int.Parse(identity.AsSpan(0, VersionDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
