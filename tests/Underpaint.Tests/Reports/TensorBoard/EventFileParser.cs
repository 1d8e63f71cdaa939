using System.Buffers.Binary;
using System.Text;

namespace Underpaint.Tests.Reports.TensorBoard;

/// <summary>
/// Reads event files as TensorBoard does, from the descriptions of TFRecord, CRC-32C and protocol buffers; nothing is shared with the writer.
/// </summary>
internal static class EventFileParser
{
    public sealed record Value(string Tag, float? Scalar, int Width, int Height, byte[]? Picture);

    public sealed record Event(double Time, long Step, string? Version, bool IsStart, IReadOnlyList<Value> Values);

    /// <summary>All events of all files of a folder in the order of their names, without those that a later start takes back.</summary>
    public static IReadOnlyList<Event> ReadFolder(string folder)
    {
        var events = new List<Event>();
        foreach (string path in Directory.EnumerateFiles(folder).Where(path => path.Contains("tfevents", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            foreach (Event read in Read(File.ReadAllBytes(path)))
            {
                if (read.IsStart)
                    events.RemoveAll(earlier => earlier.Step >= read.Step);
                events.Add(read);
            }
        }
        return events;
    }

    /// <summary>The events of a file, up to where it was cut off.</summary>
    public static IEnumerable<Event> Read(byte[] file)
    {
        for (int at = 0; at + 12 <= file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            if (at + 12 + length + 4 > file.Length)
                yield break;
            byte[] record = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(Masked(record), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            yield return EventOf(record);
            at += 12 + length + 4;
        }
    }

    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0xFFFFFFFF;
        foreach (byte one in bytes)
        {
            sum ^= one;
            for (int bit = 0; bit < 8; bit++)
                sum = (sum & 1) != 0 ? sum >> 1 ^ 0x82F63B78 : sum >> 1;
        }
        return sum ^ 0xFFFFFFFF;
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint sum = Checksum(bytes);
        return unchecked((sum >> 15 | sum << 17) + 0xA282EAD8);
    }

    private static Event EventOf(byte[] message)
    {
        var fields = Fields(message).ToList();
        byte[][] summaries = [.. fields.Where(field => field.Number == 5).Select(field => field.Bytes)];
        byte[]? session = fields.FirstOrDefault(field => field.Number == 7).Bytes;
        return new(
            BitConverter.UInt64BitsToDouble(fields.Single(field => field.Number == 1).Bits),
            (long)fields.FirstOrDefault(field => field.Number == 2).Bits,
            fields.FirstOrDefault(field => field.Number == 3).Bytes is { } version ? Encoding.UTF8.GetString(version) : null,
            session is not null && Fields(session).Single(field => field.Number == 1).Bits == 1,
            [.. summaries.SelectMany(summary => Fields(summary).Where(field => field.Number == 1)).Select(field => ValueOf(field.Bytes))]);
    }

    private static Value ValueOf(byte[] message)
    {
        var fields = Fields(message).ToDictionary(field => field.Number);
        string tag = Encoding.UTF8.GetString(fields[1].Bytes);
        if (fields.TryGetValue(2, out var scalar))
            return new(tag, BitConverter.UInt32BitsToSingle((uint)scalar.Bits), 0, 0, null);
        var image = Fields(fields[4].Bytes).ToDictionary(field => field.Number);
        return new(tag, null, (int)image[2].Bits, (int)image[1].Bits, image[4].Bytes);
    }

    private static IEnumerable<(int Number, ulong Bits, byte[] Bytes)> Fields(byte[] message)
    {
        int at = 0;
        ulong Varint()
        {
            ulong value = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte next = message[at++];
                value |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                    return value;
            }
        }
        while (at < message.Length)
        {
            ulong key = Varint();
            int number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    yield return (number, Varint(), []);
                    break;
                case 1:
                    yield return (number, BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(at)), []);
                    at += 8;
                    break;
                case 5:
                    yield return (number, BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(at)), []);
                    at += 4;
                    break;
                case 2:
                    int length = (int)Varint();
                    yield return (number, 0, message[at..(at + length)]);
                    at += length;
                    break;
                default:
                    throw new InvalidDataException($"Field {number} is of an unknown kind.");
            }
        }
    }
}
