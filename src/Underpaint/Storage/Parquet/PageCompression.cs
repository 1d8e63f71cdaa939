using System.IO.Compression;
using Snappier;
using ZstdSharp;

namespace Underpaint.Storage.Parquet;

/// <summary>Unpacks the pages of a parquet file. Every page says how long it is unpacked, and must be exactly that.</summary>
internal static class PageCompression
{
    /// <summary>Whether pages of a codec are read.</summary>
    public static bool Reads(ParquetCodec codec) =>
        codec is ParquetCodec.None or ParquetCodec.Snappy or ParquetCodec.Gzip or ParquetCodec.Brotli or ParquetCodec.Zstd;

    /// <summary>Unpacks bytes.</summary>
    /// <param name="codec">How they are packed; one that is read.</param>
    /// <param name="packed">The packed bytes.</param>
    /// <param name="offset">Where in them to begin.</param>
    /// <param name="destination">Where to; all of it is filled.</param>
    /// <exception cref="InvalidDataException">They are damaged, or of another length when unpacked.</exception>
    public static void Unpack(ParquetCodec codec, byte[] packed, int offset, Span<byte> destination)
    {
        ReadOnlySpan<byte> source = packed.AsSpan(offset);
        int written = codec switch
        {
            ParquetCodec.Snappy => UnpackSnappy(source, destination),
            ParquetCodec.Gzip => UnpackGzip(packed, offset, destination),
            ParquetCodec.Brotli => BrotliDecoder.TryDecompress(source, destination, out int count) ? count : -1,
            ParquetCodec.Zstd => UnpackZstandard(source, destination),
            _ => throw new InvalidDataException($"its pages are compressed by {codec}, which is not read"),
        };
        if (written != destination.Length)
            throw new InvalidDataException("a page does not unpack to the length that it declares");
    }

    private static int UnpackSnappy(ReadOnlySpan<byte> packed, Span<byte> destination) =>
        Snappy.GetUncompressedLength(packed) == destination.Length ? Snappy.Decompress(packed, destination) : -1;

    private static int UnpackGzip(byte[] packed, int offset, Span<byte> destination)
    {
        using var unpacked = new GZipStream(new MemoryStream(packed, offset, packed.Length - offset), CompressionMode.Decompress);
        int read = unpacked.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        return unpacked.ReadByte() < 0 ? read : -1;
    }

    private static int UnpackZstandard(ReadOnlySpan<byte> packed, Span<byte> destination)
    {
        try
        {
            using var decompressor = new Decompressor();
            return decompressor.Unwrap(packed, destination);
        }
        catch (ZstdException e)
        {
            throw new InvalidDataException("a page is damaged: it cannot be unpacked", e);
        }
    }
}
