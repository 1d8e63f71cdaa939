using System.Buffers.Binary;

namespace Underpaint.Tests.Data;

/// <summary>Writes BMP files of 256 greys, packed in runs of one grey.</summary>
/// <param name="width">Width in pixels.</param>
/// <param name="height">Height in pixels.</param>
/// <param name="pixel">The grey of each pixel.</param>
internal sealed class TestBmp(int width, int height, Func<int, int, byte> pixel)
{
    private const int HeaderBytes = 54;
    private const int PaletteBytes = 1024;
    private const int LongestRun = 255;

    public byte[] ToArray()
    {
        using var stream = new MemoryStream();
        Write(stream);
        return stream.ToArray();
    }

    public void Write(Stream stream)
    {
        using var runs = new MemoryStream();
        for (int y = height - 1; y >= 0; y--)
            WriteRow(runs, y);
        runs.Write([0, 1]);
        var header = new byte[HeaderBytes];
        "BM"u8.CopyTo(header);
        (int At, int Value)[] fields =
        [
            (2, HeaderBytes + PaletteBytes + (int)runs.Length), (10, HeaderBytes + PaletteBytes), (14, 40), (18, width), (22, height),
            (26, 1 | 8 << 16), (30, 1), (34, (int)runs.Length), (46, 256),
        ];
        foreach ((int at, int value) in fields)
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(at), value);
        stream.Write(header);
        stream.Write([.. Enumerable.Range(0, 256).SelectMany(i => (byte[])[(byte)i, (byte)i, (byte)i, 0])]);
        runs.WriteTo(stream);
    }

    private void WriteRow(Stream stream, int y)
    {
        for (int x = 0, run; x < width; x += run)
        {
            byte grey = pixel(x, y);
            for (run = 1; x + run < width && run < LongestRun && pixel(x + run, y) == grey;)
                run++;
            stream.WriteByte((byte)run);
            stream.WriteByte(grey);
        }
        stream.Write([0, 0]);
    }
}
