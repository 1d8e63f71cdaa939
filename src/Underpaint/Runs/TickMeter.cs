using Underpaint.Training;

namespace Underpaint.Runs;

/// <summary>Sums steps up to a <see cref="TickRecord"/>.</summary>
internal sealed class TickMeter(TimeProvider time)
{
    private const int Bins = 10;

    private readonly double[] _errors = new double[Bins];
    private readonly int[] _counts = new int[Bins];
    private double _loss;
    private double _codeCost;
    private double _gradientNorm;
    private int _steps;
    private long _images;
    private long _start = time.GetTimestamp();

    public void Add(StepReport step)
    {
        _loss += step.Loss;
        _codeCost += step.CodeCost;
        _gradientNorm += step.GradientNorm;
        _steps++;
        _images += step.Errors.Count;
        for (int i = 0; i < step.Errors.Count; i++)
        {
            int bin = Math.Min((int)(step.NoiseShares[i] * Bins), Bins - 1);
            _errors[bin] += step.Errors[i];
            _counts[bin]++;
        }
    }

    public TickRecord Take(StepReport last)
    {
        var record = new TickRecord
        {
            ImagesSeen = last.ImagesSeen,
            Phase = last.Phase,
            Loss = _loss / _steps,
            CodeCost = _codeCost / _steps,
            GradientNorm = _gradientNorm / _steps,
            LearningRate = last.LearningRate,
            ImagesPerSecond = _images / time.GetElapsedTime(_start).TotalSeconds,
            LossByNoise = [.. _errors.Zip(_counts, (sum, count) => count == 0 ? null : (double?)(sum / count))],
        };
        Reset();
        return record;
    }

    /// <summary>Begins a new stretch, so that time spent on something else does not count as training.</summary>
    public void Reset()
    {
        Array.Clear(_errors);
        Array.Clear(_counts);
        (_loss, _codeCost, _gradientNorm, _steps, _images, _start) = (0, 0, 0, 0, 0, time.GetTimestamp());
    }
}
