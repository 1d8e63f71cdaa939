using TorchSharp;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Training;

/// <summary>Moves an exponential moving average (EMA) of the weights, with a half-life in images.</summary>
public static class WeightAverage
{
    /// <summary>The share that the old average keeps after one batch.</summary>
    /// <param name="options">Half-life and ramp-up.</param>
    /// <param name="batch">Images in the batch.</param>
    /// <param name="imagesSeen">Images seen, this batch included.</param>
    /// <returns>0 … 1.</returns>
    public static double Decay(EmaOptions options, int batch, long imagesSeen)
    {
        double halfLife = options.RampUp > 0 ? Math.Min(options.HalfLife, options.RampUp * imagesSeen) : options.HalfLife;
        return Math.Pow(0.5, batch / halfLife);
    }

    /// <summary>average ← decay · average + (1 − decay) · weights.</summary>
    /// <param name="average">The average, changed in place.</param>
    /// <param name="weights">The live weights.</param>
    /// <param name="decay">From <see cref="Decay"/>.</param>
    public static void Update(WeightSet average, WeightSet weights, double decay)
    {
        using var noGradients = no_grad();
        using Scalar kept = decay, fresh = 1 - decay;
        average.Values.mul_(kept).add_(weights.Values, fresh);
    }
}
