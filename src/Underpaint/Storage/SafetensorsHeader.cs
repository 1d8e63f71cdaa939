namespace Underpaint.Storage;

/// <summary>The header of a safetensors file, checked against every rule of the format.</summary>
internal sealed record SafetensorsHeader(
    IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, TensorEntry> Tensors)
{
    /// <summary>The most bytes of a header. The format allows 100 million; a limit of ours: it bounds memory.</summary>
    public const int MaxLength = 32 << 20;

    /// <summary>The most tensors, and the most metadata entries. A limit of ours: it bounds memory.</summary>
    public const int MaxEntries = 100_000;

    /// <summary>The most dimensions of a tensor. A limit of ours: it bounds memory.</summary>
    public const int MaxRank = 64;

    /// <summary>What to do about a file that breaks a rule.</summary>
    public const string Remedy = "Fetch or export the file again: it is damaged, or no safetensors file.";

    /// <summary>Reads a header.</summary>
    /// <param name="file">The file's name for errors.</param>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataLength">How many bytes follow the header in the file.</param>
    /// <exception cref="FileFormatException">A rule is broken.</exception>
    public static SafetensorsHeader Parse(string file, ReadOnlySpan<byte> json, long dataLength)
    {
        SafetensorsHeader header = new SafetensorsHeaderReader(file, json).Read();
        CheckLayout(file, header.Tensors.Values, dataLength);
        return header;
    }

    /// <summary>The error for a broken rule.</summary>
    public static FileFormatException Broken(string file, string problem, Exception? inner = null) =>
        new(file, problem, Remedy, inner);

    // In the order of the offsets, tensors must follow each other without overlap or hole, from the first byte to the last.
    private static void CheckLayout(string file, IEnumerable<TensorEntry> tensors, long dataLength)
    {
        long end = 0;
        foreach (TensorEntry tensor in tensors.OrderBy(tensor => tensor.Offset).ThenBy(tensor => tensor.Length))
        {
            if (tensor.Length > dataLength - tensor.Offset)
                throw Broken(file, $"is cut short: tensor {Quotation.Of(tensor.Name)} lies beyond its end");
            if (tensor.Offset < end)
                throw Broken(file, $"has overlapping tensors: {Quotation.Of(tensor.Name)} begins inside another one");
            if (tensor.Offset > end)
                throw Broken(file, $"has a hole of unused bytes before tensor {Quotation.Of(tensor.Name)}");
            end = tensor.Offset + tensor.Length;
        }
        if (end != dataLength)
            throw Broken(file, $"has {dataLength - end} unused bytes after its last tensor");
    }
}
