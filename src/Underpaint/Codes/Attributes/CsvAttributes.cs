using System.Globalization;
using System.Text;
using Underpaint.Storage;

namespace Underpaint.Codes.Attributes;

/// <summary>A table as RFC 4180 has it: comma-separated, fields in quotes where they need it, the first line naming the columns.</summary>
internal static class CsvAttributes
{
    /// <summary>Reads it.</summary>
    /// <exception cref="FileFormatException">It is damaged, or a value is no finite number, true or false.</exception>
    public static (string[] Names, IEnumerable<(string File, double[] Values)> Rows) Parse(ReadOnlyMemory<byte> text, string path)
    {
        CheckSeparator(text.Span, path);
        int at = 0;
        List<string> header = ReadLine(text.Span, ref at, path, line: 1);
        return ([.. header.Skip(1)], ParseRows(text, at, header, path));
    }

    // As spreadsheets write tables where the decimal mark is a comma.
    private static void CheckSeparator(ReadOnlySpan<byte> text, string path)
    {
        int end = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> header = end < 0 ? text : text[..end];
        if (!header.Contains((byte)',') && header.IndexOfAny((byte)';', (byte)'\t') is >= 0 and var at)
            throw new FileFormatException(path, $"has {(header[at] == ';' ? "semicolons" : "tabs")} between its columns",
                "Write commas between columns, and points in decimal numbers.");
    }

    private static IEnumerable<(string File, double[] Values)> ParseRows(ReadOnlyMemory<byte> text, int at, List<string> header, string path)
    {
        for (int line = 2; at < text.Length; line++)
        {
            List<string> fields = ReadLine(text.Span, ref at, path, line);
            if (fields is [""])
                continue;
            if (fields.Count != header.Count)
                throw AttributeSheet.Broken(path, $"has {fields.Count} fields in line {line}, and its header has {header.Count}");
            yield return (fields[0], [.. fields.Skip(1).Select((field, i) => ParseValue(field, header[i + 1], path, line))]);
        }
    }

    private static double ParseValue(string field, string column, string path, int line)
    {
        if (bool.TryParse(field, out bool has))
            return has ? 1 : 0;
        return double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw AttributeSheet.Broken(path,
                $"has {(field == "" ? "nothing" : Quotation.Of(field))} in the column {Quotation.Of(column)} of line {line}, where a number belongs");
    }

    // From a line's beginning to the next one's.
    private static List<string> ReadLine(ReadOnlySpan<byte> text, ref int at, string path, int line)
    {
        var fields = new List<string>();
        while (true)
        {
            if (fields.Count > AttributeSheet.MaxColumns)
                throw AttributeSheet.Broken(path, $"has more than {AttributeSheet.MaxColumns} columns in line {line}");
            fields.Add(at < text.Length && text[at] == '"' ? ReadQuoted(text, ref at, path, line) : ReadPlain(text, ref at));
            if (at < text.Length && text[at] == ',')
            {
                at++;
                continue;
            }
            if (at < text.Length && text[at] == '\r')
                at++;
            if (at < text.Length && text[at] != '\n')
                throw AttributeSheet.Broken(path, $"has something after a closing quote in line {line}");
            at++;
            return fields;
        }
    }

    private static string ReadPlain(ReadOnlySpan<byte> text, ref int at)
    {
        int end = text[at..].IndexOfAny((byte)',', (byte)'\n');
        end = end < 0 ? text.Length : at + end;
        // The end of a line as Windows writes it belongs to no field.
        int length = end - at - (end > at && text[end - 1] == '\r' ? 1 : 0);
        string field = Encoding.UTF8.GetString(text.Slice(at, length));
        at = end - (end > at && text[end - 1] == '\r' ? 1 : 0);
        return field.Trim();
    }

    private static string ReadQuoted(ReadOnlySpan<byte> text, ref int at, string path, int line)
    {
        var field = new StringBuilder();
        while (true)
        {
            int length = at + 1 < text.Length ? text[(at + 1)..].IndexOf((byte)'"') : -1;
            if (length < 0)
                throw AttributeSheet.Broken(path, $"has a quote without an end from line {line} on");
            field.Append(Encoding.UTF8.GetString(text.Slice(at + 1, length)));
            at += length + 2;
            if (at >= text.Length || text[at] != '"')
                return field.ToString();
            field.Append('"');
        }
    }
}
