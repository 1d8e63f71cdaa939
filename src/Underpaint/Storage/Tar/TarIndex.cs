namespace Underpaint.Storage.Tar;

/// <summary>
/// Goes through the headers of a tar archive: where each file lies. Contents are not read, except those that are headers themselves.
/// Understands the first form, ustar, pax, and GNU's long names; links, folders and devices are passed over.
/// </summary>
internal static class TarIndex
{
    /// <summary>Most files, folders and links in one archive.</summary>
    public const int MostMembers = 8_000_000;

    // Longest name, and all that a pax header says.
    private const int MostNameBytes = 1024, MostRecordBytes = 1 << 20;

    // Writers fill the last of their blocks with zeros; 10 KiB as a rule.
    private const int MostPaddingBytes = 1 << 20;

    /// <summary>All files, in the archive's order.</summary>
    /// <param name="file">The archive.</param>
    /// <exception cref="InvalidDataException">It is damaged, cut short, or of a kind that is not read.</exception>
    public static IEnumerable<TarMember> Members(RandomFile file)
    {
        var block = new byte[TarHeader.BlockBytes];
        PaxRecords records = PaxRecords.None;
        int count = 0;
        for (long position = 0; ReadHeader(file, position, block, out char kind, out string name, out long bytes);)
        {
            if (++count > MostMembers)
                throw new InvalidDataException($"it holds more than {MostMembers:N0} files");
            position += TarHeader.BlockBytes;
            bytes = IsHeader(kind) ? bytes : records.Bytes ?? bytes;
            // Links, folders and devices have no content, whatever length they declare.
            bytes = kind is >= '1' and <= '6' ? 0 : bytes;
            if (bytes > file.Length - position)
                throw new InvalidDataException($"it is cut short: {Quotation.Of(name)} reaches beyond its end");
            if (IsHeader(kind))
                records = ReadRecords(file, kind, position, bytes, records);
            else
            {
                if (kind is '0' or '\0' or '7')
                    yield return new TarMember(CheckName(records.Name ?? name), position, bytes);
                records = PaxRecords.None;
            }
            position += (bytes + TarHeader.BlockBytes - 1) / TarHeader.BlockBytes * TarHeader.BlockBytes;
        }
    }

    private static bool ReadHeader(RandomFile file, long position, byte[] block, out char kind, out string name, out long bytes)
    {
        if (position > file.Length - TarHeader.BlockBytes)
            throw new InvalidDataException("it is cut short: the mark of its end is missing");
        file.ReadAt(position, block);
        var header = new TarHeader(block);
        (kind, name, bytes) = ('\0', "", 0);
        if (header.IsEmpty)
        {
            CheckEnd(file, position + TarHeader.BlockBytes);
            return false;
        }
        header.CheckSum();
        (kind, name, bytes) = (header.Kind, header.Name, header.Bytes);
        return kind is not ('S' or 'M')
            ? true
            : throw new InvalidDataException($"it holds {Quotation.Of(name)} with holes or in several volumes, which is not read");
    }

    // An archive behind the archive would be passed over in silence.
    private static void CheckEnd(RandomFile file, long position)
    {
        long left = file.Length - position;
        if (left < TarHeader.BlockBytes)
            throw new InvalidDataException("it is cut short: the mark of its end is missing");
        var padding = new byte[Math.Min(left, MostPaddingBytes)];
        file.ReadAt(position, padding);
        if (left > MostPaddingBytes || padding.AsSpan().ContainsAnyExcept((byte)0))
            throw new InvalidDataException("it goes on behind the mark of its end, as archives do that were put one behind the other");
    }

    // Headers of pax and GNU, whose content says something about the file that follows; and two that say nothing that matters here.
    private static bool IsHeader(char kind) => kind is 'x' or 'g' or 'L' or 'K';

    private static PaxRecords ReadRecords(RandomFile file, char kind, long position, long bytes, PaxRecords before)
    {
        if (bytes > MostRecordBytes)
            throw new InvalidDataException($"it has a header of {bytes:N0} bytes; the limit is {MostRecordBytes:N0}");
        if (kind is 'g' or 'K')
            return before;
        var text = new byte[bytes];
        file.ReadAt(position, text);
        return kind == 'L' ? before with { Name = TarHeader.Text(text) } : PaxRecords.Parse(text);
    }

    private static string CheckName(string name)
    {
        if (name.Length is 0 or > MostNameBytes)
            throw new InvalidDataException($"it has a name of {name.Length:N0} characters; the limit is {MostNameBytes:N0}");
        return name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
    }
}
