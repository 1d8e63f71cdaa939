namespace Underpaint.Evaluation;

/// <summary>Something that could not be measured.</summary>
/// <param name="Name">The metric or the way of decoding.</param>
/// <param name="Reason">Why not, as a full sentence.</param>
public sealed record LeftOut(string Name, string Reason)
{
    /// <summary>A way of decoding that begins at stochastic codes, with a model that has none.</summary>
    /// <param name="decoding">The way of decoding.</param>
    internal static LeftOut WithoutStochasticCodes(Decoding decoding) =>
        new(decoding.Name, "The model was trained at the highest noise only, so it has no stochastic codes to find.");
}
