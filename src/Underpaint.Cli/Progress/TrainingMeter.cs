using Underpaint.Runs;
using Underpaint.Training;

namespace Underpaint.Cli.Progress;

/// <summary>What a progress display shows of a run: how far, how fast, how long still, how good.</summary>
internal sealed class TrainingMeter(TimeProvider time)
{
    // Loss and speed are means over about the last 1 / (1 − Memory) steps.
    private const double Memory = 0.98;

    private long _start, _last;
    private long _startedAt;
    private double _loss, _lossWeight;
    private double _images, _seconds;

    /// <summary>Where the phases begin and end.</summary>
    public required PhasePlan Plan { get; init; }

    /// <summary>Images seen.</summary>
    public long ImagesSeen { get; private set; }

    /// <summary>The current phase's name.</summary>
    public string Phase { get; private set; } = "";

    /// <summary>The loss, smoothed within the phase.</summary>
    public double Loss => _loss / _lossWeight;

    /// <summary>Speed of the training steps alone, in images per second.</summary>
    public double ImagesPerSecond => _seconds > 0 ? _images / _seconds : 0;

    /// <summary>Time until the recipe's end, everything included; null before it can be guessed.</summary>
    public TimeSpan? TimeLeft => ImagesSeen > _startedAt
        ? time.GetElapsedTime(_start) * ((double)(Plan.End - ImagesSeen) / (ImagesSeen - _startedAt))
        : null;

    /// <summary>The meter of a run that begins, or goes on, now.</summary>
    public static TrainingMeter Of(TrainingRun run, TimeProvider time)
    {
        long now = time.GetTimestamp();
        return new(time) { Plan = run.Plan, ImagesSeen = run.ImagesSeen, _startedAt = run.ImagesSeen, _start = now, _last = now };
    }

    /// <summary>Counts a step.</summary>
    public void Add(StepReport step)
    {
        if (step.Phase != Phase)
            (_loss, _lossWeight, Phase) = (0, 0, step.Phase);
        _loss = Memory * _loss + step.Loss;
        _lossWeight = Memory * _lossWeight + 1;
        _images = Memory * _images + (step.ImagesSeen - ImagesSeen);
        _seconds = Memory * _seconds + time.GetElapsedTime(_last).TotalSeconds;
        ImagesSeen = step.ImagesSeen;
        Pause();
    }

    /// <summary>Leaves the time since the last step out of the speed: it was spent on something else.</summary>
    public void Pause() => _last = time.GetTimestamp();
}
