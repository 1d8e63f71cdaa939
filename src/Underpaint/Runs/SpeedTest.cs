using System.Diagnostics;
using TorchSharp;
using Underpaint.Machine;

namespace Underpaint.Runs;

/// <summary>
/// Measures how fast this machine trains, encodes and decodes. Anything else that runs meanwhile slows it: figures are
/// comparable only from an idle machine.
/// </summary>
public static class SpeedTest
{
    private const int LeastRepetitions = 5;
    private const double WarmUpShare = 0.3;

    /// <summary>Trains a fresh model on ornaments, and encodes and decodes with the average of its weights.</summary>
    /// <param name="options">What is measured, and for how long.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="onMeasured">Called after each of the tasks.</param>
    /// <param name="stop">Stops between repetitions.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static SpeedResult Run(SpeedOptions options, ComputeDevice device, Action? onMeasured = null, CancellationToken stop = default)
    {
        using var subject = new SpeedSubject(options, device);
        return Run(subject, options, device, onMeasured, stop);
    }

    /// <summary>Measures anything that trains, encodes and decodes.</summary>
    internal static SpeedResult Run(
        ISpeedSubject subject, SpeedOptions options, ComputeDevice device, Action? onMeasured = null, CancellationToken stop = default)
    {
        return new()
        {
            TrainImagesPerSecond = Speed(SpeedTasks.Train, options.TrainBatch, subject.TrainStep),
            EncodeImagesPerSecond = Speed(SpeedTasks.Encode, options.InferenceBatch, subject.Encode),
            DecodeImagesPerSecond = Speed(SpeedTasks.Decode, options.InferenceBatch, subject.Decode),
            PeakResidentMiB = PeakResidentMiB(),
            Precision = device.PrecisionName,
            Threads = device.Threads,
            Device = device.Name,
            Preset = options.Preset.Name,
            ImageSize = options.Preset.ImageSize,
            Parameters = subject.Parameters,
            TrainBatch = options.TrainBatch,
            InferenceBatch = options.InferenceBatch,
            Steps = options.Steps,
            Torch = TorchLibrary.Version,
        };

        double? Speed(SpeedTasks task, int images, Action work)
        {
            if (!options.Tasks.HasFlag(task))
                return null;
            // The first calls compile, choose kernels and fill caches.
            _ = Repeat(work, options.Seconds * WarmUpShare, device, stop);
            double seconds = Median(Repeat(work, options.Seconds, device, stop));
            onMeasured?.Invoke();
            return images / seconds;
        }
    }

    /// <summary>The middle of some numbers, or the mean of the two in the middle.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
    }

    // How long each repetition took, in seconds.
    private static List<double> Repeat(Action work, double seconds, ComputeDevice device, CancellationToken stop)
    {
        var times = new List<double>();
        long start = Stopwatch.GetTimestamp(), before = start;
        while (times.Count < LeastRepetitions || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            stop.ThrowIfCancellationRequested();
            work();
            // A GPU is given its work and does it later.
            if (device.Device.type == DeviceType.CUDA)
                torch.cuda.synchronize(device.Device);
            long after = Stopwatch.GetTimestamp();
            times.Add(Stopwatch.GetElapsedTime(before, after).TotalSeconds);
            before = after;
        }
        return times;
    }

    private static double PeakResidentMiB()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (double)(1 << 20);
    }
}
