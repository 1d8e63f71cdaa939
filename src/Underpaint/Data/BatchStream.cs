using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;

namespace Underpaint.Data;

/// <summary>
/// An endless stream of training batches, prepared ahead in the background. Image number n of a run is a pure function of
/// (seed, n): every epoch is a new random order of all images, and batches run on across its end. So a stream that starts at
/// any position goes on exactly as one that has come there.
/// </summary>
/// <remarks>
/// An image that cannot be read is replaced by the next readable one of the epoch's order, and reported once. A disk that fails is an error
/// instead: it says nothing about the images.
/// <see cref="Next"/> and <see cref="Dispose"/> are for one thread.
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "A stream of batches, in the plain sense of the word.")]
public sealed class BatchStream : IDisposable
{
    // A source that does not answer must not keep its user from ending.
    private static readonly TimeSpan LongestEnding = TimeSpan.FromSeconds(10);

    private readonly IImageSource _source;
    private readonly DataOptions _options;
    private readonly int _batch;
    private readonly int _ahead;
    private readonly long _seed;
    private readonly TaskScheduler _workers;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly Queue<Task<PixelBatch>> _batches = new();
    private readonly ConcurrentDictionary<int, SkippedImage> _skipped = new();
    private long _reads;
    private long _epoch = -1;
    private int[] _order = [];
    private volatile int _reading = -1;
    private bool _isLate;

    /// <summary>Sets the stream up; work begins with the first <see cref="Next"/>.</summary>
    /// <param name="source">The images; stays open, and must outlive the stream.</param>
    /// <param name="options">How they are prepared.</param>
    /// <param name="batch">Images per batch, at least 1.</param>
    /// <param name="seed">The recipe's seed.</param>
    /// <param name="position">Images seen before the first batch. Default 0.</param>
    /// <param name="ahead">Batches prepared ahead at most. Default 4.</param>
    /// <param name="workers">Batches prepared at the same time. Default 1; the images are the same for any number.</param>
    public BatchStream(
        IImageSource source, DataOptions options, int batch, long seed, long position = 0, int ahead = 4, int workers = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfNegative(ahead);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        (_source, _options, _batch, _seed, _ahead, Position) = (source, options, batch, seed, ahead, position);
        _stopping = _stop.Token;
        _workers = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, workers).ConcurrentScheduler;
    }

    /// <summary>Called once for every image that cannot be read, from a background thread.</summary>
    public event Action<SkippedImage>? ImageSkipped;

    /// <summary>Images seen: the number of the first image of the next batch.</summary>
    public long Position { get; private set; }

    /// <summary>The images found unreadable so far, in the source's order; may be read from any thread.</summary>
    public IReadOnlyList<SkippedImage> Skipped => [.. _skipped.Values.OrderBy(image => image.Index)];

    /// <summary>The batch that was handed out last; null before the first.</summary>
    public PixelBatch? Latest { get; private set; }

    /// <summary>The name of the image that is being read now, or was read last; null before the first. May be read from any
    /// thread.</summary>
    public string? Reading => _reading is >= 0 and var index ? _source.NameOf(index) : null;

    /// <summary>How many readings of images have begun so far; while it grows, images come. May be read from any thread.</summary>
    internal long Reads => Interlocked.Read(ref _reads);

    /// <summary>The name of an image of the source, for messages.</summary>
    /// <param name="index">Its index, as in <see cref="PixelBatch.Indices"/>.</param>
    public string NameOf(int index) => _source.NameOf(index);

    /// <summary>The next batch; always full. Waits until it is prepared.</summary>
    /// <exception cref="UnderpaintException">Not one image of the source can be read, or the disk fails.</exception>
    /// <exception cref="ObjectDisposedException">The stream is disposed.</exception>
    public PixelBatch Next()
    {
        PixelBatch batch = Prepared().GetAwaiter().GetResult();
        _ = _batches.Dequeue();
        Position += _batch;
        Latest = batch;
        return batch;
    }

    /// <summary>Waits until <see cref="Next"/> need not wait, but not for ever.</summary>
    /// <param name="patience">How long to wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <returns>False if the batch was not prepared in time; the work on it goes on.</returns>
    /// <exception cref="UnderpaintException">Not one image of the source can be read, or the disk fails.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The stream is disposed.</exception>
    public bool WaitForNext(TimeSpan patience, TimeProvider time, CancellationToken stop = default)
    {
        Task<PixelBatch> prepared = Prepared();
        try
        {
            _ = prepared.WaitAsync(patience, time, stop).GetAwaiter().GetResult();
            _isLate = false;
        }
        catch (TimeoutException) when (!prepared.IsFaulted)
        {
            _isLate = true;
        }
        return !_isLate;
    }

    /// <summary>Stops the background work, after the images now being decoded, if these come to an end.</summary>
    public void Dispose()
    {
        if (_stopping.IsCancellationRequested)
            return;
        _stop.Cancel();
        // Until the work has ended, so that the caller may close the source; what it ended with no longer matters.
        Task ended = Task.WhenAll(_batches.AsEnumerable<Task>());
        _ = Task.WhenAny(ended, Task.Delay(_isLate ? TimeSpan.Zero : LongestEnding)).GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private Task<PixelBatch> Prepared()
    {
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        while (_batches.Count <= _ahead)
            _batches.Enqueue(Start(Position + (long)_batches.Count * _batch));
        return _batches.Peek();
    }

    private Task<PixelBatch> Start(long position)
    {
        Slot[] slots = [.. Enumerable.Range(0, _batch).Select(i => SlotOf(position + i))];
        return Task.Factory.StartNew(() => Prepare(position, slots), _stopping, TaskCreationOptions.None, _workers);
    }

    private Slot SlotOf(long n)
    {
        (long epoch, long place) = Math.DivRem(n, _source.Count);
        if (epoch != _epoch)
            (_epoch, _order) = (epoch, new RandomSource(_seed, "shuffle", epoch).NextOrder(_source.Count));
        bool mirrored = _options.Flip && (RandomSource.SeedOf(_seed, "flip", n) & 1) != 0;
        return new Slot(_order, (int)place, mirrored);
    }

    private PixelBatch Prepare(long position, Slot[] slots)
    {
        PixelBatch batch = PixelBatch.Empty(slots.Length, _options, position);
        for (int i = 0; i < slots.Length; i++)
        {
            (int index, PixelImage image) = ReadFirst(slots[i]);
            batch.Put(i, index, image, slots[i].IsMirrored);
        }
        return batch;
    }

    /// <summary>The slot's image, or the next one of its epoch's order that can be read.</summary>
    private (int Index, PixelImage Image) ReadFirst(Slot slot)
    {
        for (int i = 0; i < slot.Order.Length; i++)
        {
            _stopping.ThrowIfCancellationRequested();
            int index = slot.Order[(int)(((long)slot.Place + i) % slot.Order.Length)];
            if (_skipped.ContainsKey(index))
                continue;
            try
            {
                _reading = index;
                Interlocked.Increment(ref _reads);
                return (index, _source.Read(index, _options));
            }
            catch (FileFormatException e)
            {
                var skipped = new SkippedImage(index, _source.NameOf(index), e.Message);
                if (_skipped.TryAdd(index, skipped))
                    ImageSkipped?.Invoke(skipped);
            }
        }
        throw new UnderpaintException(
            $"Not one of the {_source.Count} images of {_source.Description} can be read. The first: {Skipped[0].Reason}",
            "Check the data with \"underpaint inspect\", and name readable images.");
    }

    /// <summary>One image number of the run: its place in its epoch's order.</summary>
    private readonly record struct Slot(int[] Order, int Place, bool IsMirrored);
}
