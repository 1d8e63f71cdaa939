using System.Formats.Tar;

namespace Underpaint.Tests.Data;

/// <summary>Writes tar archives by the framework's own writer.</summary>
internal static class TestTar
{
    public static byte[] Write(params (string Name, byte[] Bytes)[] files) => Write(TarEntryFormat.Ustar, files);

    public static byte[] Write(TarEntryFormat format, params (string Name, byte[] Bytes)[] files)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, format, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in files)
                writer.WriteEntry(Entry(format, name, bytes));
        }
        return stream.ToArray();
    }

    private static TarEntry Entry(TarEntryFormat format, string name, byte[] bytes)
    {
        TarEntryType kind = name.EndsWith('/') ? TarEntryType.Directory : format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile;
        TarEntry entry = format switch
        {
            TarEntryFormat.V7 => new V7TarEntry(kind, name),
            TarEntryFormat.Ustar => new UstarTarEntry(kind, name),
            TarEntryFormat.Pax => new PaxTarEntry(kind, name),
            _ => new GnuTarEntry(kind, name),
        };
        if (kind != TarEntryType.Directory)
            entry.DataStream = new MemoryStream(bytes);
        return entry;
    }
}
