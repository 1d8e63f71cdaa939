using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Writes a copy of an ELF library in which the requirement of symbol version GLIBCXX_3.4.32 is weak: the loader then
/// accepts a libstdc++ that does not define it. Files without that requirement are copied unchanged.
/// </summary>
public class MendTorchSharp : Task
{
    private const string Version = "GLIBCXX_3.4.32";
    private const uint SectionVersionNeeds = 0x6ffffffe;  // SHT_GNU_verneed
    private const ushort Weak = 2;                         // VER_FLG_WEAK

    [Required]
    public string Source { get; set; }

    [Required]
    public string Destination { get; set; }

    public override bool Execute()
    {
        if (File.Exists(Destination) && File.GetLastWriteTimeUtc(Destination) >= File.GetLastWriteTimeUtc(Source)
            && new FileInfo(Destination).Length == new FileInfo(Source).Length)
            return true;

        byte[] library = File.ReadAllBytes(Source);
        if (MarkWeak(library))
            Log.LogMessage(MessageImportance.Normal, "Marked {0} as weak in {1}", Version, Destination);
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        // A new file, never an edit in place: output folders hold hard links to the package cache.
        string temporary = Destination + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(temporary, library);
        if (File.Exists(Destination))
            File.Delete(Destination);
        File.Move(temporary, Destination);
        return true;
    }

    private static bool MarkWeak(byte[] elf)
    {
        bool is64BitLittleEndian = elf.Length > 64 && elf[0] == 0x7f && elf[1] == 'E' && elf[2] == 'L' && elf[3] == 'F'
            && elf[4] == 2 && elf[5] == 1;
        if (!is64BitLittleEndian)
            return false;

        // Elf64_Ehdr: e_shoff at 40, e_shentsize at 58, e_shnum at 60.
        long sections = BitConverter.ToInt64(elf, 40);
        int size = BitConverter.ToUInt16(elf, 58);
        int count = BitConverter.ToUInt16(elf, 60);
        bool marked = false;
        for (int i = 0; i < count; i++)
        {
            // Elf64_Shdr: sh_type at 4, sh_offset at 24, sh_link at 40 (the string table), sh_info at 44 (entries).
            int section = checked((int)(sections + (long)i * size));
            if (BitConverter.ToUInt32(elf, section + 4) != SectionVersionNeeds)
                continue;
            int strings = checked((int)(sections + (long)BitConverter.ToUInt32(elf, section + 40) * size));
            marked |= MarkWeak(elf, (int)BitConverter.ToInt64(elf, section + 24), BitConverter.ToUInt32(elf, section + 44),
                (int)BitConverter.ToInt64(elf, strings + 24));
        }
        return marked;
    }

    private static bool MarkWeak(byte[] elf, int need, uint needs, int strings)
    {
        bool marked = false;
        for (; needs > 0; needs--)
        {
            // Elf64_Verneed: vn_cnt at 2, vn_aux at 8, vn_next at 12. Elf64_Vernaux: vna_flags at 4, vna_name at 8, vna_next at 12.
            int entry = need + (int)BitConverter.ToUInt32(elf, need + 8);
            for (int left = BitConverter.ToUInt16(elf, need + 2); left > 0; left--)
            {
                if (NameAt(elf, strings + (int)BitConverter.ToUInt32(elf, entry + 8)) == Version)
                {
                    elf[entry + 4] |= (byte)Weak;
                    marked = true;
                }
                entry += (int)BitConverter.ToUInt32(elf, entry + 12);
            }
            need += (int)BitConverter.ToUInt32(elf, need + 12);
        }
        return marked;
    }

    private static string NameAt(byte[] elf, int start)
    {
        int end = Array.IndexOf(elf, (byte)0, start);
        return Encoding.ASCII.GetString(elf, start, end - start);
    }
}
