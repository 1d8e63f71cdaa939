using Underpaint.Data;

namespace Underpaint.Runs;

/// <summary>Waits for a run's next images: says so when one is late, and gives up when one does not come.</summary>
internal sealed class ImageWait(BatchStream images, TimeProvider time)
{
    /// <summary>After so long without an image the user is told, again and again.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromSeconds(30);

    /// <summary>After so long without an image the run ends.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Returns when the next step need not wait.</summary>
    /// <exception cref="UnderpaintException">The images do not come, or not one of them can be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public void Wait(ITrainingObserver observer, CancellationToken stop)
    {
        (long reads, TimeSpan waited) = (images.Reads, TimeSpan.Zero);
        while (!images.WaitForNext(Notice, time, stop))
        {
            long before = reads;
            reads = images.Reads;
            // A large batch of slow images takes long, and yet none of them is late.
            waited = reads == before ? waited + Notice : TimeSpan.Zero;
            if (waited == TimeSpan.Zero)
                continue;
            if (waited >= Limit)
                throw new UnderpaintException($"The images do not come: {Late} has been read for {Text(waited)}.",
                    "Check the disk or the network that they lie on, then resume.");
            observer.Noted($"The images are late: {Late} has been read for {Text(waited)}. "
                + $"Training waits for it, up to {Text(Limit)}.");
        }
    }

    // A machine may be so busy that not even the first image has been asked for.
    private string Late => images.Reading ?? "the next one";

    private static string Text(TimeSpan time) => time < TimeSpan.FromMinutes(2) ? $"{time.TotalSeconds:0} s" : $"{time.TotalMinutes:0} min";
}
