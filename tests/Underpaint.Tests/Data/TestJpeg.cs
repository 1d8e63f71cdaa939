namespace Underpaint.Tests.Data;

/// <summary>
/// Writes JPEG files of blocks of one colour each, of any size and kind: grey, YCbCr or CMYK, in one scan, in several, or progressive.
/// </summary>
/// <param name="width">Width in pixels.</param>
/// <param name="height">Height in pixels.</param>
/// <param name="components">1 (grey), 3 (YCbCr) or 4 (CMYK).</param>
internal sealed class TestJpeg(int width, int height, int components)
{
    /// <summary>Whether all but the first component have half the resolution, both ways.</summary>
    public bool HalvesColors { get; init; }

    public bool IsProgressive { get; init; }

    /// <summary>Whether every component has a scan of its own.</summary>
    public bool HasSeveralScans { get; init; }

    public byte[] ToArray()
    {
        using var stream = new MemoryStream();
        Write(stream);
        return stream.ToArray();
    }

    public void Write(Stream stream)
    {
        stream.Write([0xFF, 0xD8]);
        if (components == 4)
            stream.Write([0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0]);
        stream.Write([0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)8, 64)]);
        byte[] parts = [.. Enumerable.Range(0, components).SelectMany(c => (byte[])[(byte)(c + 1), (byte)(c == 0 && HalvesColors ? 0x22 : 0x11), 0])];
        stream.Write([0xFF, (byte)(IsProgressive ? 0xC2 : 0xC0), 0, (byte)(8 + parts.Length), 8,
            (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, (byte)components, .. parts]);
        // Of the first values, 0 is written as 0 and one of 6 bits as 10; of all others there are none, written as 0.
        stream.Write([0xFF, 0xC4, 0, 21, 0x00, 1, 1, .. new byte[14], 0, 6]);
        stream.Write([0xFF, 0xC4, 0, 20, 0x10, 1, 0, .. new byte[14], 0]);
        int[] all = [.. Enumerable.Range(0, components)];
        foreach (int[] scan in HasSeveralScans ? all.Select(c => (int[])[c]) : [all])
            WriteScan(stream, scan, first: 0, last: IsProgressive ? 0 : 63);
        foreach (int component in IsProgressive ? all : [])
            WriteScan(stream, [component], first: 1, last: 63);
        stream.Write([0xFF, 0xD9]);
    }

    private void WriteScan(Stream stream, int[] scan, int first, int last)
    {
        stream.Write([0xFF, 0xDA, 0, (byte)(6 + 2 * scan.Length), (byte)scan.Length, .. scan.SelectMany(c => (byte[])[(byte)(c + 1), 0]), (byte)first, (byte)last, 0]);
        var bits = new Bits(stream);
        long groups = Groups(HalvesColors && scan is not [0] ? 16 : 8);
        for (long group = 0; group < groups; group++)
        {
            foreach (int component in scan)
            {
                int blocks = scan.Length > 1 && component == 0 && HalvesColors ? 4 : 1;
                for (int block = 0; block < blocks; block++)
                    WriteBlock(bits, group, component, hasFirst: first == 0, hasOthers: last > 0);
            }
        }
        bits.Finish();
    }

    // A block is brighter or darker than the one before it, in turn, or the same.
    private static void WriteBlock(Bits bits, long group, int component, bool hasFirst, bool hasOthers)
    {
        if (hasFirst && group % (3 + component) == 0)
            bits.Write(group / (3 + component) % 2 == 0 ? 0b10_110000u : 0b10_001111u, 8);
        else if (hasFirst)
            bits.Write(0, 1);
        if (hasOthers)
            bits.Write(0, 1);
    }

    private long Groups(int side) => (long)((width + side - 1) / side) * ((height + side - 1) / side);

    private sealed class Bits(Stream stream)
    {
        private uint _bits;
        private int _count;

        public void Write(uint bits, int count)
        {
            (_bits, _count) = (_bits << count | bits, _count + count);
            for (; _count >= 8; _count -= 8)
            {
                byte next = (byte)(_bits >> (_count - 8));
                stream.WriteByte(next);
                if (next == 0xFF)
                    stream.WriteByte(0);
            }
        }

        public void Finish() => Write(0x7F, 7);
    }
}
