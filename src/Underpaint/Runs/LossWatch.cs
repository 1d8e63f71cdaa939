using Underpaint.Data;
using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>Looks for steps whose loss stands out from the last ones of its phase.</summary>
internal sealed class LossWatch
{
    private const int Remembered = 100;

    // Fewer losses do not tell what is usual.
    private const int Needed = 30;

    // Far out by the spread of the others (their median distance from the median), and by their size.
    private const double Spreads = 12, Times = 2;
    private const int ShownImages = 4;

    private readonly Queue<double> _losses = new();
    private string? _phase;
    private int _quiet;

    /// <summary>Looks at a step. After a spike the next ones are the same event, and are left out for a while.</summary>
    /// <param name="step">The step.</param>
    /// <param name="batch">Its images.</param>
    /// <param name="nameOf">Tells the name of an image by its index in the source.</param>
    /// <returns>The spike; null where the loss is as usual.</returns>
    public SpikeRecord? Look(StepReport step, PixelBatch batch, Func<int, string> nameOf)
    {
        if (step.Phase != _phase)
            Restart(step.Phase);
        double usual = Median(_losses);
        bool isSpike = _losses.Count >= Needed && _quiet == 0 && step.Loss > Times * usual
            && step.Loss > usual + Spreads * Median(_losses.Select(loss => Math.Abs(loss - usual)));
        Remember(step.Loss);
        _quiet = isSpike ? Remembered : Math.Max(0, _quiet - 1);
        return isSpike ? Describe(step, usual, batch, nameOf) : null;
    }

    private void Restart(string phase)
    {
        _losses.Clear();
        (_phase, _quiet) = (phase, 0);
    }

    private void Remember(double loss)
    {
        _losses.Enqueue(loss);
        if (_losses.Count > Remembered)
            _ = _losses.Dequeue();
    }

    private static SpikeRecord Describe(StepReport step, double usual, PixelBatch batch, Func<int, string> nameOf)
    {
        int[] worst = [.. Enumerable.Range(0, step.Errors.Count).OrderByDescending(i => step.Errors[i]).Take(ShownImages)];
        return new()
        {
            ImagesSeen = step.ImagesSeen,
            Phase = step.Phase,
            Loss = step.Loss,
            UsualLoss = usual,
            GradientNorm = step.GradientNorm,
            Images = [.. worst.Select(i => nameOf(batch.Indices[i]))],
            NoiseShares = [.. worst.Select(i => step.NoiseShares[i])],
        };
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }
}
