namespace Underpaint.Networks;

/// <summary>How a fresh weight is filled.</summary>
/// <param name="Low">Lowest value.</param>
/// <param name="High">Highest value; equal to <paramref name="Low"/> for a constant.</param>
internal readonly record struct WeightInitialization(float Low, float High)
{
    public static WeightInitialization Zero { get; } = new(0, 0);

    public static WeightInitialization One { get; } = new(1, 1);

    /// <summary>PyTorch's default for convolutions and linear layers: uniform in ±1/√fanIn, biases too.</summary>
    public static WeightInitialization Uniform(long fanIn)
    {
        float bound = (float)(1 / Math.Sqrt(fanIn));
        return new(-bound, bound);
    }
}
