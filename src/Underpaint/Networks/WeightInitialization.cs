namespace Underpaint.Networks;

/// <summary>How a fresh weight is filled.</summary>
/// <param name="Low">Lowest value.</param>
/// <param name="High">Highest value; equal to <paramref name="Low"/> for a constant.</param>
/// <param name="Deviation">Standard deviation of normal numbers of mean 0, which take the place of uniform ones where it is above 0.</param>
internal readonly record struct WeightInitialization(float Low, float High, double Deviation = 0)
{
    public static WeightInitialization Zero { get; } = new(0, 0);

    public static WeightInitialization One { get; } = new(1, 1);

    /// <summary>PyTorch's default for convolutions and linear layers: uniform in ±1/√fanIn, biases too.</summary>
    public static WeightInitialization Uniform(long fanIn)
    {
        float bound = (float)(1 / Math.Sqrt(fanIn));
        return new(-bound, bound);
    }

    /// <summary>Normal with variance 2/fanIn (He et al. 2015), for layers whose output is rectified.</summary>
    public static WeightInitialization KaimingNormal(long fanIn) => new(0, 0, Math.Sqrt(2.0 / fanIn));

    /// <summary>The next number.</summary>
    public float Draw(RandomSource random) =>
        Deviation > 0 ? (float)(Deviation * random.NextGaussian())
        : Low == High ? Low
        : (float)random.NextDouble(Low, High);
}
