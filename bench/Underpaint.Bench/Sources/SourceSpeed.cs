using System.Diagnostics;
using Underpaint.Data;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;

namespace Underpaint.Bench.Sources;

/// <summary>How fast one source opens, and hands out decoded images in random order.</summary>
/// <param name="Name">The source.</param>
/// <param name="MiB">What it takes on disk.</param>
/// <param name="OpenMilliseconds">Median time until it can be read.</param>
/// <param name="ImagesPerSecond">Median over the rounds.</param>
/// <param name="Lowest">The slowest round.</param>
/// <param name="Highest">The fastest round.</param>
internal sealed record SourceSpeed(
    string Name, double MiB, double OpenMilliseconds, double ImagesPerSecond, double Lowest, double Highest)
{
    /// <summary>Writes images in every form, and reads all forms in turn, round by round, so that each meets the same machine.</summary>
    /// <param name="images">The images, encoded.</param>
    /// <param name="folder">An empty folder for them.</param>
    /// <param name="options">What is made of each image.</param>
    /// <param name="threads">How many read at once.</param>
    /// <param name="rounds">How often each is read, all its images each time; one more goes before, and does not count.</param>
    public static SourceSpeed[] Measure(IReadOnlyList<byte[]> images, string folder, DataOptions options, int threads, int rounds)
    {
        string[] paths = [.. SourceForm.All.Select(form => Path.Combine(folder, form.File))];
        for (int i = 0; i < paths.Length; i++)
            SourceForm.All[i].Write(paths[i], images);
        var opened = paths.Select(_ => new List<double>()).ToArray();
        var read = paths.Select(_ => new List<double>()).ToArray();
        for (int round = 0; round <= rounds; round++)
        {
            for (int i = 0; i < paths.Length; i++)
            {
                (double milliseconds, double speed) = ReadAll(paths[i], images.Count, options, threads, round);
                if (round == 0)
                    continue;
                opened[i].Add(milliseconds);
                read[i].Add(speed);
            }
        }
        return
        [
            .. SourceForm.All.Select((form, i) => new SourceSpeed(
                form.Name, BytesOf(paths[i]) / (1024.0 * 1024), Median(opened[i]), Median(read[i]), read[i].Min(), read[i].Max())),
        ];
    }

    private static (double OpenMilliseconds, double ImagesPerSecond) ReadAll(
        string path, int count, DataOptions options, int threads, int round)
    {
        long start = Stopwatch.GetTimestamp();
        using IImageSource source = ImageSources.Open(path);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (source.Count != count)
            throw new UnderpaintException($"{source.Description} has {source.Count} images instead of {count}.", "Mend how it is written.");
        int[] order = new RandomSource(0, "sources", round).NextOrder(count);
        start = Stopwatch.GetTimestamp();
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => source.Read(order[i], options));
        return (milliseconds, count / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static long BytesOf(string path) => File.Exists(path)
        ? new FileInfo(path).Length
        : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
