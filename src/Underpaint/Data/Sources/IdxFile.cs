using System.Buffers.Binary;
using System.IO.Compression;
using Underpaint.Storage;

namespace Underpaint.Data.Sources;

/// <summary>
/// One IDX file (the format of MNIST) of unsigned bytes. A plain one is read where it lies; a gzipped one is unpacked into memory.
/// Whoever opens it disposes it.
/// </summary>
internal sealed class IdxFile : IDisposable
{
    private const string Remedy = "Download it anew, or name another file.";

    /// <summary>Most values in a file.</summary>
    private const long MaxValues = 1L << 30;

    /// <summary>Most bytes that a gzipped file may unpack to.</summary>
    private const long MaxUnpackedBytes = 448L << 20;

    // What DEFLATE can reach at best; a gzip file that declares more values lies.
    private const long HighestRatio = 1032;

    private readonly RandomFile _file;
    private readonly byte[]? _unpacked;
    private readonly int _start;

    private IdxFile(string path, RandomFile file)
    {
        _file = file;
        Span<byte> mark = stackalloc byte[2];
        if (file.Length >= mark.Length)
            file.ReadAt(0, mark);
        _unpacked = mark.SequenceEqual(GzipMark) ? Unpack(path) : null;
        Dimensions = ReadDimensions(path);
        _start = 4 + 4 * Dimensions.Length;
    }

    /// <summary>Its dimensions, all at least 1; the number of items first. The last changes fastest.</summary>
    public int[] Dimensions { get; }

    private static ReadOnlySpan<byte> GzipMark => [0x1F, 0x8B];

    private long Length => _unpacked?.Length ?? _file.Length;

    /// <summary>Whether the first four bytes can be those of an IDX file of unsigned bytes.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 4 && bytes[..3].SequenceEqual<byte>([0, 0, 8]) && bytes[3] is >= 1 and <= 4;

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileFormatException">It is no IDX file of bytes, is truncated or too long, or breaks a limit.</exception>
    /// <exception cref="UnderpaintException">It is missing or cannot be read.</exception>
    public static IdxFile Open(string path)
    {
        var file = new RandomFile(path, Remedy);
        try
        {
            return new IdxFile(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads values.</summary>
    /// <param name="first">The first one's place in the file.</param>
    /// <param name="destination">Where to; it may not reach beyond the last.</param>
    /// <exception cref="UnderpaintException">The file was cut since it was opened, or cannot be read.</exception>
    public void Read(long first, Span<byte> destination) => ReadAt(_start + first, destination);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private byte[] Unpack(string path)
    {
        // A gzip file's last four bytes say its unpacked length; without them a missing end would go unnoticed.
        Span<byte> number = stackalloc byte[4];
        _file.ReadAt(Math.Max(_file.Length - number.Length, 0), number[..(int)Math.Min(_file.Length, number.Length)]);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(number);
        if (length > _file.Length * HighestRatio)
            throw Bad(path, "is truncated or damaged: its unpacked length is impossible");
        if (length > MaxUnpackedBytes)
            throw new FileFormatException(path, $"unpacks to {length:N0} bytes, more than the {MaxUnpackedBytes:N0} that are held in memory",
                "Unpack it with gunzip, and name the unpacked file: that is read where it lies.");
        try
        {
            using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            var bytes = new byte[length];
            stream.ReadExactly(bytes);
            // Asking for more makes a gzip stream compare its checksum.
            return stream.ReadByte() < 0 ? bytes : throw Bad(path, "goes on after the length that it declares");
        }
        catch (EndOfStreamException e)
        {
            throw Bad(path, "is truncated", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Bad(path, $"cannot be read: {e.Message.TrimEnd('.')}", e);
        }
    }

    private int[] ReadDimensions(string path)
    {
        Span<byte> head = stackalloc byte[4 + 4 * 4];
        head = head[..(int)Math.Min(Length, head.Length)];
        ReadAt(0, head);
        if (!IsMagic(head))
            throw Bad(path, head.Length < 4 ? "is truncated" : $"is no IDX file of unsigned bytes: it begins with {Convert.ToHexString(head[..4])}");
        var dimensions = new int[head[3]];
        if (head.Length < 4 + 4 * dimensions.Length)
            throw Bad(path, "is truncated");
        long count = 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            uint dimension = BinaryPrimitives.ReadUInt32BigEndian(head[(4 + 4 * i)..]);
            count *= dimension;
            if (dimension == 0 || count > MaxValues)
                throw Bad(path, $"declares impossible dimensions (limit: {MaxValues:N0} values, none of them 0)");
            dimensions[i] = (int)dimension;
        }
        return 4 + 4 * dimensions.Length + count == Length
            ? dimensions
            : throw Bad(path, $"declares {string.Join(" × ", dimensions)} values, but is {Length:N0} bytes long: "
                + "truncated, damaged or of another format");
    }

    private void ReadAt(long offset, Span<byte> destination)
    {
        if (_unpacked is null)
            _file.ReadAt(offset, destination);
        else
            _unpacked.AsSpan((int)offset, destination.Length).CopyTo(destination);
    }

    private static FileFormatException Bad(string path, string problem, Exception? inner = null) => new(path, problem, Remedy, inner);
}
