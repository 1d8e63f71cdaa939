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
    private TimeSpan _trained;
    private long _mark = time.GetTimestamp();
    private StepReport? _last;

    /// <summary>Whether no step was added since the last record.</summary>
    public bool IsEmpty => _last is null;

    public void Add(StepReport step)
    {
        _last = step;
        _trained += time.GetElapsedTime(_mark);
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
        SkipTime();
    }

    /// <summary>The steps since the last record, of which there is one at least.</summary>
    public TickRecord Take()
    {
        var record = new TickRecord
        {
            ImagesSeen = _last!.ImagesSeen,
            Phase = _last.Phase,
            Loss = _loss / _steps,
            CodeCost = _codeCost / _steps,
            GradientNorm = _gradientNorm / _steps,
            LearningRate = _last.LearningRate,
            ImagesPerSecond = _images / _trained.TotalSeconds,
            LossByNoise = [.. _errors.Zip(_counts, (sum, count) => count == 0 ? null : (double?)(sum / count))],
        };
        Array.Clear(_errors);
        Array.Clear(_counts);
        (_loss, _codeCost, _gradientNorm, _steps, _images, _trained, _last) = (0, 0, 0, 0, 0, TimeSpan.Zero, null);
        return record;
    }

    /// <summary>Leaves out the time since the last step, which was spent on something else than training.</summary>
    public void SkipTime() => _mark = time.GetTimestamp();
}
