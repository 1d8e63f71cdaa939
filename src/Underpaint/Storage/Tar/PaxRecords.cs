using System.Globalization;
using System.Text;

namespace Underpaint.Storage.Tar;

/// <summary>What a pax header says about the file that follows it: "LENGTH KEY=VALUE" and a line's end, again and again.</summary>
/// <param name="Name">The file's name; null where it stands in the usual header.</param>
/// <param name="Bytes">Its length; likewise.</param>
internal sealed record PaxRecords(string? Name, long? Bytes)
{
    /// <summary>Nothing.</summary>
    public static readonly PaxRecords None = new(null, null);

    /// <summary>Reads the records.</summary>
    /// <param name="text">All of them.</param>
    /// <exception cref="InvalidDataException">They are damaged, or say that the file has holes.</exception>
    public static PaxRecords Parse(ReadOnlySpan<byte> text)
    {
        PaxRecords records = None;
        while (!text.IsEmpty)
        {
            int space = text.IndexOf((byte)' ');
            if (space < 1 || !int.TryParse(text[..space], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length <= space + 1 || length > text.Length || text[length - 1] != '\n')
                throw new InvalidDataException("a pax header is damaged");
            ReadOnlySpan<byte> record = text[(space + 1)..(length - 1)];
            int equals = record.IndexOf((byte)'=');
            if (equals < 1)
                throw new InvalidDataException("a pax header is damaged");
            records = records.With(record[..equals], record[(equals + 1)..]);
            text = text[length..];
        }
        return records;
    }

    private PaxRecords With(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.StartsWith("GNU.sparse."u8))
            throw new InvalidDataException("it holds a file with holes, which is not read");
        if (key.SequenceEqual("path"u8))
            return this with { Name = Encoding.UTF8.GetString(value) };
        if (!key.SequenceEqual("size"u8))
            return this;
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            ? this with { Bytes = bytes }
            : throw new InvalidDataException("a pax header has an impossible length");
    }
}
