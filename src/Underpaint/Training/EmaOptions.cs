namespace Underpaint.Training;

/// <summary>The exponential moving average (EMA) of the weights, measured in images so that it does not depend on the batch.</summary>
public sealed record EmaOptions
{
    /// <summary>Images after which a weight's share in the average has halved. Default 50 000.</summary>
    public double HalfLife { get; init; } = 50_000;

    /// <summary>
    /// Early in a run the half-life is at most this share of the images seen, so that the random first weights do not
    /// linger (Karras et al. 2022); 0 turns this off. Default 0.05.
    /// </summary>
    public double RampUp { get; init; } = 0.05;
}
