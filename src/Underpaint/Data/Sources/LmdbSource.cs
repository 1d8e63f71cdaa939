using System.Globalization;
using System.Text;
using Underpaint.Data.Images;
using Underpaint.Storage.Lmdb;

namespace Underpaint.Data.Sources;

/// <summary>
/// The images of an LMDB database as Diff-AE and its relatives make it: keys such as <c>256-00000</c>, <c>128-0000000</c> or
/// <c>None-0000000</c> (images as they were), and <c>length</c> with their number; without it, the images are those whose keys there
/// are. Where there are several sizes, each image is read in the smallest that is no smaller than what is wanted, else in the largest.
/// There are no labels.
/// </summary>
public sealed class LmdbSource : IImageSource
{
    private const string DataFile = "data.mdb";
    private const string LengthKey = "length";
    private const int LongestLength = 20;
    private const int MostImages = 20_000_000;
    private const int MostOtherKeys = 1000;
    private const int MostSizes = 16;
    private const int EdgeBytes = 4096;

    private readonly LmdbFile _file;
    private readonly DecodeLimits _limits;
    private readonly LmdbResolution[] _resolutions;

    // Null where all from 0 on should be there.
    private readonly int[]? _numbers;

    /// <summary>Opens the database and finds out what images there are; they are looked up one by one when they are read.</summary>
    /// <param name="path">Its folder, with a <c>data.mdb</c> in it, or its file.</param>
    /// <param name="limits">What is refused; <see cref="DecodeLimits.Default"/> when null.</param>
    /// <exception cref="FileFormatException">It is no such database, truncated or damaged, or its <c>length</c> cannot be.</exception>
    /// <exception cref="UnderpaintException">It holds no images, or cannot be read.</exception>
    public LmdbSource(string path, DecodeLimits? limits = null)
    {
        _limits = limits ?? DecodeLimits.Default;
        _file = new LmdbFile(Directory.Exists(path) ? Path.Combine(path, DataFile) : path);
        try
        {
            _resolutions = [.. FindResolutions().Take(MostSizes + 1).OrderBy(resolution => resolution.Pixels)];
            if (_resolutions.Length > MostSizes)
                throw new FileFormatException(_file.Path, $"holds images in more than {MostSizes} sizes", "Leave some of them out.");
            if (_resolutions.Length == 0)
                throw new UnderpaintException($"The database {path} holds no images that Diff-AE would find: no keys such as 256-00000 or None-0000000.",
                    "Name another database, or its images as a folder or an archive.");
            int? length = ReadLength();
            _numbers = length is null ? FindNumbers() : null;
            Count = length ?? _numbers!.Length;
        }
        catch
        {
            _file.Dispose();
            throw;
        }
        Description = _resolutions.Length == 1 ? $"LMDB {path}"
            : $"LMDB {path} (in sizes {string.Join(", ", _resolutions.Select(resolution => resolution.Size))}; read in the next larger one)";
    }

    /// <summary>Whether a folder is that of a database.</summary>
    internal static bool IsFolder(string path) => File.Exists(Path.Combine(path, DataFile));

    /// <summary>Whether a file is called as databases are.</summary>
    internal static bool HasName(string path) => Path.GetExtension(path).ToLowerInvariant() is ".mdb" or ".lmdb";

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>No classes.</summary>
    public IReadOnlyList<string> LabelNames => [];

    private LmdbResolution Largest => _resolutions[^1];

    /// <summary>The image's key; the largest size's where there are several.</summary>
    public string NameOf(int index) => Largest.NameOf(NumberOf(index));

    /// <summary>No class.</summary>
    public int? LabelOf(int index) => null;

    /// <summary>Decodes one image of the largest size there is.</summary>
    /// <inheritdoc/>
    public PixelImage Read(int index) => ImageDecoder.Decode(BytesOf(index, Largest), NameOf(index), _limits);

    /// <inheritdoc/>
    public PixelImage Read(int index, DataOptions options)
    {
        // The crop of CelebA is one of the images as they were.
        LmdbResolution? enough = options.Crop == ImageCrop.Celeba ? null : _resolutions.FirstOrDefault(each => each.Pixels >= options.Size);
        LmdbResolution resolution = enough ?? Largest;
        return ImageDecoder.Decode(BytesOf(index, resolution), resolution.NameOf(NumberOf(index)), options, _limits);
    }

    /// <summary>Decodes one image of the largest size there is, and keeps nothing of it but its size.</summary>
    /// <inheritdoc/>
    public ImageSize Measure(int index) => ImageDecoder.Measure(BytesOf(index, Largest), NameOf(index), _limits);

    /// <summary>One image's file, of the largest size there is.</summary>
    /// <inheritdoc/>
    public byte[]? ReadEncoded(int index) => BytesOf(index, Largest);

    /// <summary>
    /// Made of the sizes, the images' numbers, the lengths of up to 4096 images, and the first and last 4 KiB of up to 64 of each size.
    /// </summary>
    public string Fingerprint()
    {
        using var hash = new SourceHash("LMDB");
        hash.Add(Count);
        foreach (int number in _numbers ?? [])
            hash.Add(number);
        foreach (int i in FileSample.Lengths(Count))
            AddLength(hash, i);
        foreach (LmdbResolution resolution in _resolutions)
        {
            hash.Add(resolution.NameOf(0));
            foreach (int i in FileSample.Contents(Count))
                AddEdges(hash, i, resolution);
        }
        return hash.Finish();
    }

    /// <summary>Closes the database.</summary>
    public void Dispose() => _file.Dispose();

    private int NumberOf(int index) => _numbers?[index] ?? index;

    private LmdbValue? Find(int index, LmdbResolution resolution) =>
        _file.Find(Encoding.ASCII.GetBytes(resolution.NameOf(NumberOf(index))));

    private void AddLength(SourceHash hash, int index)
    {
        try
        {
            hash.Add(Find(index, Largest)?.Length ?? FileSample.Unreadable);
        }
        catch (FileFormatException)
        {
            hash.Add(FileSample.Unreadable);
        }
    }

    // Its first and its last bytes: images of the same size and camera share their beginning.
    private void AddEdges(SourceHash hash, int index, LmdbResolution resolution)
    {
        try
        {
            LmdbValue value = Find(index, resolution) ?? default;
            var edge = new byte[Math.Min(value.Length, EdgeBytes)];
            foreach (long start in new[] { 0, value.Length - edge.Length })
            {
                _file.ReadPiece(value, start, edge);
                hash.Add(edge);
            }
        }
        catch (FileFormatException)
        {
            hash.Add(FileSample.Unreadable);
        }
    }

    private byte[] BytesOf(int index, LmdbResolution resolution)
    {
        string name = resolution.NameOf(NumberOf(index));
        if (Find(index, resolution) is not { } value)
            throw new FileFormatException($"{name} of {_file.Path}", $"is missing, though there should be {Count:N0} images",
                "Make the database anew, or leave the image out.");
        _limits.CheckBytes(name, value.Length);
        return _file.Read(value);
    }

    // Keys lie in order: behind the first of one size, all others of that size are passed over at once.
    private IEnumerable<LmdbResolution> FindResolutions()
    {
        int others = 0;
        foreach ((string from, string to) in LmdbResolution.Ranges)
        {
            byte[] end = Encoding.ASCII.GetBytes(to);
            LmdbCursor cursor = _file.From(Encoding.ASCII.GetBytes(from));
            while (IsBefore(cursor, end) && others < MostOtherKeys)
            {
                if (LmdbResolution.Parse(cursor.Key)?.Resolution is { } resolution)
                {
                    yield return resolution;
                    cursor = _file.From(resolution.End);
                    continue;
                }
                others++;
                cursor.Next();
            }
        }
    }

    private static bool IsBefore(LmdbCursor cursor, byte[] end) => !cursor.IsAtEnd && cursor.Key.SequenceCompareTo(end) < 0;

    private int? ReadLength()
    {
        if (_file.Find(Encoding.ASCII.GetBytes(LengthKey)) is not { } value)
            return null;
        string text = value.Length <= LongestLength ? Encoding.ASCII.GetString(_file.Read(value)) : "";
        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int length);
        if (!isNumber || length is < 1 or > MostImages || length > _file.Entries)
            throw new FileFormatException(_file.Path,
                $"says in \"{LengthKey}\" that it has {(isNumber ? $"{length:N0}" : "something else than a number of")} images, "
                + $"and has {_file.Entries:N0} entries; the limit is {MostImages:N0} images", LmdbFile.Remedy);
        return length;
    }

    private int[] FindNumbers()
    {
        var numbers = new List<int>();
        byte[] end = Largest.End;
        for (LmdbCursor cursor = _file.From(Encoding.ASCII.GetBytes(Largest.Size + "-")); IsBefore(cursor, end); cursor.Next())
        {
            // A number with more or fewer zeros than the others would not be found again.
            if (LmdbResolution.Parse(cursor.Key)?.Number is { } number && cursor.Key.SequenceEqual(Encoding.ASCII.GetBytes(Largest.NameOf(number))))
                numbers.Add(number);
            if (numbers.Count > MostImages)
                throw new FileFormatException(_file.Path, $"holds more than {MostImages:N0} images", "Divide it into several.");
        }
        numbers.Sort();
        return [.. numbers];
    }
}
