using Underpaint.Data.Images;
using Underpaint.Data.Labels;
using Underpaint.Data.Sources;

namespace Underpaint.Data;

/// <summary>Looks through a source before it is trained on: sizes, classes, and images that cannot be read.</summary>
public static class DataScan
{
    /// <summary>Decodes the source's images on all cores.</summary>
    /// <param name="source">The images; stays open.</param>
    /// <param name="limit">Scan only this many, the first ones, at least 1; all when null.</param>
    /// <param name="progress">Told the number of images scanned so far, after each one, from several threads.</param>
    /// <param name="stop">Ends the scan early.</param>
    /// <exception cref="UnderpaintException">The disk fails.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static SourceReport Run(
        IImageSource source, int? limit = null, Action<int>? progress = null, CancellationToken stop = default)
    {
        if (limit is { } images)
            ArgumentOutOfRangeException.ThrowIfLessThan(images, 1, nameof(limit));
        var results = new Result[Math.Min(limit ?? int.MaxValue, source.Count)];
        int done = 0;
        AllCores.Run(results.Length, i =>
        {
            results[i] = Scan(source, i);
            progress?.Invoke(Interlocked.Increment(ref done));
        }, stop);

        Result[] readable = [.. results.Where(result => result.Problem is null)];
        return new SourceReport
        {
            Description = source.Description,
            Images = source.Count,
            Scanned = results.Length,
            Labels = CountLabels(source),
            MinWidth = readable.Select(result => result.Width).DefaultIfEmpty().Min(),
            MaxWidth = readable.Select(result => result.Width).DefaultIfEmpty().Max(),
            MinHeight = readable.Select(result => result.Height).DefaultIfEmpty().Min(),
            MaxHeight = readable.Select(result => result.Height).DefaultIfEmpty().Max(),
            Unreadable = [.. results.Where(result => result.Problem is not null).Select(result => result.Problem!)],
        };
    }

    private static Result Scan(IImageSource source, int index)
    {
        try
        {
            ImageSize size = source.Measure(index);
            return new Result(size.Width, size.Height, null);
        }
        catch (FileFormatException e)
        {
            return new Result(0, 0, new SkippedImage(index, source.NameOf(index), e.Message));
        }
    }

    private static LabelCount[] CountLabels(IImageSource source)
    {
        var counts = new int[source.LabelNames.Count];
        for (int i = 0; i < source.Count; i++)
        {
            if (source.LabelOf(i) is { } label)
                counts[label]++;
        }
        return [.. source.LabelNames.Select((name, label) => new LabelCount(name, counts[label]))];
    }

    private readonly record struct Result(int Width, int Height, SkippedImage? Problem);
}
