using System.Buffers.Binary;
using System.IO.Hashing;

namespace Underpaint.Harness.Fuzzing;

/// <summary>Makes the checksums of a zip archive's stored entries right again; leaves anything else as it is.</summary>
internal static class ZipChecksums
{
    private const int DirectoryHeaderBytes = 46;
    private const int LocalHeaderBytes = 30;

    private static ReadOnlySpan<byte> DirectoryMark => [(byte)'P', (byte)'K', 1, 2];

    public static byte[] Mend(byte[] zip)
    {
        for (int at = 0; zip.AsSpan(at).IndexOf(DirectoryMark) is var next and >= 0; at += next + DirectoryMark.Length)
            MendEntry(zip, at + next);
        return zip;
    }

    private static void MendEntry(byte[] zip, int header)
    {
        if (header + DirectoryHeaderBytes > zip.Length || U16(zip, header + 10) != 0)
            return;
        long length = U32(zip, header + 20), local = U32(zip, header + 42);
        if (local + LocalHeaderBytes > zip.Length)
            return;
        long start = local + LocalHeaderBytes + U16(zip, (int)local + 26) + U16(zip, (int)local + 28);
        if (start + length > zip.Length)
            return;
        uint checksum = Crc32.HashToUInt32(zip.AsSpan((int)start, (int)length));
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(header + 16), checksum);
    }

    private static ushort U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
