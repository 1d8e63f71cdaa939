using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Underpaint.Storage;

/// <summary>
/// Writes safetensors files. The same tensors and metadata give the same bytes, in whatever order they come: tensors stand by
/// element size, largest first, so that each is aligned, and then by name; metadata stand by key (both in ordinal order).
/// </summary>
public static class SafetensorsWriter
{
    // Text stays readable, and quotes are \" and not \u0022.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Writes a file's whole content; for a file on a disk, inside <see cref="AtomicFile.Write(string, Action{Stream})"/>.
    /// </summary>
    /// <param name="destination">Where to, from its present position on; it is not closed.</param>
    /// <param name="tensors">The tensors; may be none.</param>
    /// <param name="metadata">Text to keep with them; may be none.</param>
    /// <exception cref="ArgumentException">The reader would refuse the file (two tensors of the same name, a name that is half
    /// a character, an impossible shape, a header over 100 MB …), or a tensor did not write as many bytes as its shape
    /// needs.</exception>
    public static void Write(
        Stream destination, IReadOnlyList<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        TensorData[] ordered =
            [.. tensors.OrderByDescending(tensor => tensor.Type.Size()).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        (byte[] header, long dataLength) = Header(ordered, metadata ?? new Dictionary<string, string>());
        SafetensorsHeader written = ReadBack(header, dataLength);

        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
        destination.Write(prefix);
        destination.Write(header);
        foreach (TensorData tensor in ordered)
        {
            var tally = new TallyStream(destination);
            tensor.Write(tally);
            if (tally.Length != written.Tensors[tensor.Name].Length)
                throw new ArgumentException($"Tensor '{tensor.Name}' wrote {tally.Length} bytes; its shape needs another number.");
        }
    }

    private static (byte[] Header, long DataLength) Header(TensorData[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        long offset = 0;
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
                WriteMetadata(json, metadata);
            foreach (TensorData tensor in tensors)
                offset = WriteEntry(json, tensor, offset);
            json.WriteEndObject();
        }
        // Spaces up to a multiple of 8, so that the first tensor is aligned in the file.
        int padding = -buffer.WrittenCount & 7;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return (buffer.WrittenSpan.ToArray(), offset);
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject("__metadata__");
        foreach ((string key, string value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            json.WriteString(Strict.GetBytes(key), Strict.GetBytes(value));
        json.WriteEndObject();
    }

    private static long WriteEntry(Utf8JsonWriter json, TensorData tensor, long offset)
    {
        if (!tensor.Type.TryByteLength(tensor.Shape, out long length) || length > long.MaxValue - offset)
            throw new ArgumentException($"Tensor '{tensor.Name}' has an impossible shape.", nameof(tensor));
        json.WriteStartObject(Strict.GetBytes(tensor.Name));
        json.WriteString("dtype", tensor.Type.ToString());
        json.WriteStartArray("shape");
        foreach (long dimension in tensor.Shape)
            json.WriteNumberValue(dimension);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + length);
        json.WriteEndArray();
        json.WriteEndObject();
        return offset + length;
    }

    // The reader's own rules decide what may be written: duplicate names, limits and all.
    private static SafetensorsHeader ReadBack(byte[] header, long dataLength)
    {
        try
        {
            return header.Length <= SafetensorsHeader.MaxLength
                ? SafetensorsHeader.Parse("The new file", header, dataLength)
                : throw SafetensorsHeader.Broken("The new file", $"has a header of {header.Length} bytes");
        }
        catch (FileFormatException e)
        {
            throw new ArgumentException(e.What, e);
        }
    }
}
