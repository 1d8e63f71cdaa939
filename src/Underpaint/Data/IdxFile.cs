using System.Buffers.Binary;
using System.IO.Compression;

namespace Underpaint.Data;

/// <summary>One IDX file (the format of MNIST) of unsigned bytes, plain or gzipped, held in memory.</summary>
/// <param name="Dimensions">Its dimensions, all at least 1; the number of items first.</param>
/// <param name="Values">The product of the dimensions values, last dimension fastest.</param>
internal sealed record IdxFile(int[] Dimensions, byte[] Values)
{
    /// <summary>Most values in a file.</summary>
    private const long MaxValues = 1L << 30;

    // What DEFLATE can reach at best; a gzip file that declares more values lies.
    private const long HighestRatio = 1032;

    private static ReadOnlySpan<byte> GzipMark => [0x1F, 0x8B];

    /// <summary>Whether the first four bytes can be those of an IDX file of unsigned bytes.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 4 && bytes[..3].SequenceEqual<byte>([0, 0, 8]) && bytes[3] is >= 1 and <= 4;

    /// <summary>Reads the file.</summary>
    /// <exception cref="FileFormatException">It is no IDX file of bytes, is truncated or too long, or breaks a limit.</exception>
    public static IdxFile Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            Span<byte> mark = stackalloc byte[2];
            bool isGzip = file.ReadAtLeast(mark, 2, throwOnEndOfStream: false) == 2 && mark.SequenceEqual(GzipMark);
            long length = isGzip ? UnpackedLength(path, file) : file.Length;
            file.Position = 0;
            using Stream stream = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
            return Read(path, stream, length);
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

    /// <summary>A gzip file's last four bytes say its unpacked length; without them a missing end would go unnoticed.</summary>
    private static long UnpackedLength(string path, FileStream file)
    {
        Span<byte> number = stackalloc byte[4];
        file.Position = Math.Max(file.Length - number.Length, 0);
        file.ReadExactly(number);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(number);
        return length <= file.Length * HighestRatio
            ? length
            : throw Bad(path, "is truncated or damaged: its unpacked length is impossible");
    }

    private static IdxFile Read(string path, Stream stream, long length)
    {
        Span<byte> number = stackalloc byte[4];
        stream.ReadExactly(number);
        if (!IsMagic(number))
            throw Bad(path, $"is no IDX file of unsigned bytes: it begins with {Convert.ToHexString(number)}");
        var dimensions = new int[number[3]];
        long count = 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            stream.ReadExactly(number);
            uint dimension = BinaryPrimitives.ReadUInt32BigEndian(number);
            count *= dimension;
            if (dimension == 0 || count > MaxValues)
                throw Bad(path, $"declares impossible dimensions (limit: {MaxValues:N0} values, none of them 0)");
            dimensions[i] = (int)dimension;
        }
        if (4 + 4 * dimensions.Length + count != length)
            throw Bad(path, $"declares {string.Join(" × ", dimensions)} values, but is {length:N0} bytes long: "
                + "truncated, damaged or of another format");
        var values = new byte[count];
        stream.ReadExactly(values);
        // Asking for more makes a gzip stream compare its checksum.
        if (stream.ReadByte() >= 0)
            throw Bad(path, "goes on after the length that it declares");
        return new IdxFile(dimensions, values);
    }

    private static FileFormatException Bad(string path, string problem, Exception? inner = null) =>
        new(path, problem, "Download it anew, or name another file.", inner);
}
