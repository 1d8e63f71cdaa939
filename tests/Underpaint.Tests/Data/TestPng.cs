using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Underpaint.Tests.Data;

/// <summary>Writes PNG files of any size and kind, row by row.</summary>
/// <param name="width">Width in pixels.</param>
/// <param name="height">Height in pixels.</param>
/// <param name="pixel">Red, green, blue and transparency of each pixel, from the lowest byte on.</param>
internal sealed class TestPng(int width, int height, Func<int, int, uint> pixel)
{
    // Adam7: first column and row of each pass, and the steps between its columns and rows.
    private static readonly (int X, int Y, int Right, int Down)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public bool HasAlpha { get; init; }

    public bool Has16Bits { get; init; }

    public bool IsInterlaced { get; init; }

    public byte[] ToArray()
    {
        using var stream = new MemoryStream();
        Write(stream);
        return stream.ToArray();
    }

    public void Write(Stream stream)
    {
        stream.Write([0x89, .. "PNG\r\n"u8, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)(Has16Bits ? 16 : 8), (byte)(HasAlpha ? 6 : 2), (byte)(IsInterlaced ? 1 : 0));
        WriteChunk(stream, "IHDR"u8, header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach ((int x, int y, int right, int down) in IsInterlaced ? Passes : [(0, 0, 1, 1)])
                WritePass(zlib, x, y, right, down);
        }
        WriteChunk(stream, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        WriteChunk(stream, "IEND"u8, []);
    }

    private void WritePass(Stream stream, int left, int top, int right, int down)
    {
        int columns = (width - left + right - 1) / right, channels = HasAlpha ? 4 : 3, bytes = Has16Bits ? 2 : 1;
        if (columns <= 0)
            return;
        // The first byte of a row is its filter: none.
        var row = new byte[1 + columns * channels * bytes];
        for (int y = top; y < height; y += down)
        {
            int to = 1;
            for (int x = left; x < width; x += right)
            {
                uint rgba = pixel(x, y);
                for (int c = 0; c < channels; c++)
                {
                    for (int i = 0; i < bytes; i++)
                        row[to++] = (byte)(rgba >> (8 * c));
                }
            }
            stream.Write(row);
        }
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        var checksum = new Crc32();
        checksum.Append(type);
        checksum.Append(content);
        stream.Write(BigEndian((uint)content.Length));
        stream.Write(type);
        stream.Write(content);
        stream.Write(BigEndian(checksum.GetCurrentHashAsUInt32()));
    }

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
