using Underpaint.Data.Images;
using Underpaint.Data.Sources;

namespace Underpaint.Tests.Data;

/// <summary>Images 2 × 2 whose top left red value is their index; some of them unreadable.</summary>
internal sealed class MemorySource(int count, params int[] unreadable) : IImageSource
{
    private int _reads;

    public int Reads => _reads;

    /// <summary>How long one image takes to read.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What reading any image throws; null reads.</summary>
    public Exception? Failure { get; init; }

    public string Description => "memory";

    public int Count => count;

    public IReadOnlyList<string> LabelNames => ["even", "odd"];

    public string NameOf(int index) => $"image {index}";

    public int? LabelOf(int index) => index % 2;

    public PixelImage Read(int index)
    {
        Interlocked.Increment(ref _reads);
        if (Delay > TimeSpan.Zero)
            Thread.Sleep(Delay);
        if (Failure is not null)
            throw Failure;
        return unreadable.Contains(index)
            ? throw new FileFormatException(NameOf(index), "is damaged", "Replace it.")
            : new PixelImage(2, 2, 3, [(byte)index, 0, 0, 255, 0, 0, 1, 2, 3, 4, 5, 6]);
    }

    public void Dispose()
    {
    }
}
