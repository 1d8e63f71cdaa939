using System.Text;

namespace Underpaint.Tests.Data;

/// <summary>Writes zip archives whose directory names one file again and again, under different names.</summary>
/// <param name="count">How many names.</param>
/// <param name="name">Each name; written in Latin-1.</param>
internal sealed class TestZip(int count, Func<int, string> name)
{
    /// <summary>The one file, stored; empty by default.</summary>
    public byte[] Content { get; init; } = [];

    /// <summary>Bytes of other programs behind each name.</summary>
    public int ExtraBytes { get; init; }

    /// <summary>How many names its end tells of; the truth by default.</summary>
    public int? Declared { get; init; }

    /// <summary>Whether its end has room for such numbers, or tells their last 16 bits.</summary>
    public bool IsZip64 { get; init; } = true;

    public void Write(string path)
    {
        using var file = new BinaryWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20));
        uint checksum = System.IO.Hashing.Crc32.HashToUInt32(Content);
        file.Write(0x04034B50u);
        file.Write([10, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        WriteSizes(file, checksum);
        file.Write(0);
        file.Write(Content);
        long start = file.BaseStream.Position;
        // A block of a kind that nobody knows, as long as it must be.
        byte[] extra = ExtraBytes < 4 ? [] : [0xFF, 0xFE, (byte)(ExtraBytes - 4), 0, .. new byte[ExtraBytes - 4]];
        for (int i = 0; i < count; i++)
        {
            byte[] bytes = Encoding.Latin1.GetBytes(name(i));
            file.Write(0x02014B50u);
            file.Write([10, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            WriteSizes(file, checksum);
            file.Write((ushort)bytes.Length);
            file.Write((ushort)extra.Length);
            file.Write(new byte[14]);
            file.Write(bytes);
            file.Write(extra);
        }
        WriteEnd(file, start, file.BaseStream.Position - start, Declared ?? count);
    }

    private void WriteSizes(BinaryWriter file, uint checksum)
    {
        file.Write(checksum);
        file.Write(Content.Length);
        file.Write(Content.Length);
    }

    private void WriteEnd(BinaryWriter file, long start, long bytes, int declared)
    {
        if (IsZip64)
            WriteZip64End(file, start, bytes, declared);
        file.Write(0x06054B50u);
        file.Write(0);
        file.Write(IsZip64 ? ushort.MaxValue : (ushort)declared);
        file.Write(IsZip64 ? ushort.MaxValue : (ushort)declared);
        file.Write(IsZip64 ? uint.MaxValue : (uint)bytes);
        file.Write(IsZip64 ? uint.MaxValue : (uint)start);
        file.Write((ushort)0);
    }

    private static void WriteZip64End(BinaryWriter file, long start, long bytes, long declared)
    {
        file.Write(0x06064B50u);
        file.Write(44L);
        file.Write([45, 0, 45, 0, .. new byte[8]]);
        file.Write(declared);
        file.Write(declared);
        file.Write(bytes);
        file.Write(start);
        file.Write(0x07064B50u);
        file.Write(0);
        file.Write(start + bytes);
        file.Write(1);
    }
}
