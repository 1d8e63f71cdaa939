using Underpaint.Data.Images;
using Underpaint.Storage;

namespace Underpaint.Data.Sources;

/// <summary>A look at files that is quick however many and large they are: lengths of some, and the bytes of fewer.</summary>
internal static class FileSample
{
    private const int MostLengths = 4096;
    private const int MostContents = 64;
    private const int EdgeBytes = 4096;

    /// <summary>A length that no file has.</summary>
    public const long Unreadable = -1;

    /// <summary>Of how many files there are, those whose lengths are looked at.</summary>
    public static IEnumerable<int> Lengths(int count) => Spread(count, MostLengths);

    /// <summary>Of how many files there are, those whose bytes are looked at.</summary>
    public static IEnumerable<int> Contents(int count) => Spread(count, MostContents);

    /// <summary>Adds files, spread evenly over all of them, to a fingerprint.</summary>
    /// <exception cref="UnderpaintException">The disk fails.</exception>
    public static void Add(SourceHash hash, IReadOnlyList<string> paths)
    {
        foreach (int i in Lengths(paths.Count))
            hash.Add(LengthOf(paths[i]));
        foreach (int i in Contents(paths.Count))
            AddEdges(hash, paths[i]);
    }

    private static IEnumerable<int> Spread(int count, int most) => count <= most
        ? Enumerable.Range(0, count)
        : Enumerable.Range(0, most).Select(i => (int)((long)i * (count - 1) / (most - 1)));

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : Unreadable;

    // Its first and its last bytes: images of the same size and camera share their beginning.
    private static void AddEdges(SourceHash hash, string path)
    {
        try
        {
            if (ImageFile.IsEmpty(path))
            {
                hash.Add(ReadOnlySpan<byte>.Empty);
                hash.Add(ReadOnlySpan<byte>.Empty);
                return;
            }
            using FileStream file = File.OpenRead(path);
            var edge = new byte[EdgeBytes];
            hash.Add(edge.AsSpan(0, file.ReadAtLeast(edge, edge.Length, throwOnEndOfStream: false)));
            file.Position = Math.Max(file.Position, file.Length - edge.Length);
            hash.Add(edge.AsSpan(0, file.ReadAtLeast(edge, edge.Length, throwOnEndOfStream: false)));
        }
        catch (Exception e) when (DiskError.IsOfOneFile(e) || e is NotSupportedException)
        {
            hash.Add(Unreadable);
        }
        catch (IOException e)
        {
            throw DiskError.Reading(path, e);
        }
    }
}
