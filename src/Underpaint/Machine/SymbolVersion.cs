using System.Buffers.Binary;
using System.Text;

namespace Underpaint.Machine;

/// <summary>Where a shared library in ELF form (Linux, 64 bits) demands a version of symbols from another library.</summary>
internal static class SymbolVersion
{
    private const int HeaderBytes = 64;
    private const uint VersionNeeds = 0x6FFFFFFE;
    private const int Weak = 2;

    /// <summary>Whether the loader refuses the library where the version is missing.</summary>
    /// <param name="elf">The library.</param>
    /// <param name="version">The version's name.</param>
    /// <returns>False if the demand is weak, which the loader only warns of; null if there is none, or the file is no such library.</returns>
    public static bool? IsDemanded(ReadOnlySpan<byte> elf, string version) =>
        FlagsOf(elf, version) is { } flags ? (U16(elf, flags) & Weak) == 0 : null;

    /// <summary>Where in the file the demand's flags stand; null if there is none.</summary>
    /// <param name="elf">The library.</param>
    /// <param name="version">The version's name.</param>
    public static long? FlagsOf(ReadOnlySpan<byte> elf, string version)
    {
        bool is64BitLittleEndian = elf.Length > HeaderBytes && elf.StartsWith("\u007FELF\u0002\u0001"u8);
        try
        {
            return is64BitLittleEndian ? Find(elf, Encoding.ASCII.GetBytes($"{version}\0")) : null;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            // A damaged file, whose places lie outside it: the loader will say so.
            return null;
        }
    }

    private static long? Find(ReadOnlySpan<byte> elf, ReadOnlySpan<byte> version)
    {
        // Elf64_Ehdr: e_shoff at 40, e_shentsize at 58, e_shnum at 60.
        long sections = I64(elf, 40);
        int size = U16(elf, 58), count = U16(elf, 60);
        for (int i = 0; i < count; i++)
        {
            // Elf64_Shdr: sh_type at 4, sh_offset at 24, sh_link at 40 (the section of the names), sh_info at 44 (entries).
            long section = sections + (long)i * size;
            if (U32(elf, section + 4) != VersionNeeds)
                continue;
            long names = I64(elf, sections + U32(elf, section + 40) * (long)size + 24);
            if (FindIn(elf, I64(elf, section + 24), U32(elf, section + 44), names, version) is { } found)
                return found;
        }
        return null;
    }

    private static long? FindIn(ReadOnlySpan<byte> elf, long need, uint needs, long names, ReadOnlySpan<byte> version)
    {
        for (; needs > 0; needs--)
        {
            // Elf64_Verneed: vn_cnt at 2, vn_aux at 8, vn_next at 12. Elf64_Vernaux: vna_flags at 4, vna_name at 8, vna_next at 12.
            long entry = need + U32(elf, need + 8);
            for (int left = U16(elf, need + 2); left > 0; left--)
            {
                if (elf[checked((int)(names + U32(elf, entry + 8)))..].StartsWith(version))
                    return entry + 4;
                entry += U32(elf, entry + 12);
            }
            need += U32(elf, need + 12);
        }
        return null;
    }

    private static ushort U16(ReadOnlySpan<byte> elf, long at) => BinaryPrimitives.ReadUInt16LittleEndian(elf[checked((int)at)..]);

    private static uint U32(ReadOnlySpan<byte> elf, long at) => BinaryPrimitives.ReadUInt32LittleEndian(elf[checked((int)at)..]);

    private static long I64(ReadOnlySpan<byte> elf, long at) => BinaryPrimitives.ReadInt64LittleEndian(elf[checked((int)at)..]);
}
