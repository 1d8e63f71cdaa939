using System.Buffers.Binary;
using System.IO.Hashing;

namespace Underpaint.Storage.Parquet;

/// <summary>What a page holds: which values are there, and their bytes, unpacked.</summary>
internal sealed class PageBody
{
    private PageBody(byte[] bytes) => Bytes = bytes;

    /// <summary>Each value's level of repetition; empty where the column has no lists.</summary>
    public int[] Repetition { get; private set; } = [];

    /// <summary>Each value's level of definition; empty where nothing can be absent.</summary>
    public int[] Definition { get; private set; } = [];

    /// <summary>The unpacked page.</summary>
    public byte[] Bytes { get; }

    /// <summary>Where in <see cref="Bytes"/> the values begin.</summary>
    public int ValuesStart { get; private set; }

    /// <summary>The values that are there.</summary>
    public ReadOnlySpan<byte> Values => Bytes.AsSpan(ValuesStart);

    /// <summary>Reads a page and unpacks it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="page">The page.</param>
    /// <param name="chunk">What it is a page of.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static PageBody Read(RandomFile file, ParquetPage page, ParquetChunk chunk)
    {
        var packed = new byte[page.PackedBytes];
        file.ReadAt(page.Position, packed);
        if (page.Crc32 is { } checksum && Crc32.HashToUInt32(packed) != checksum)
            throw chunk.Bad("is damaged: the checksum of a page does not match");
        var body = new PageBody(page.IsPacked ? Unpack(packed, page, chunk.Codec) : packed);
        if (!page.IsDictionary)
            body.ReadLevels(page, chunk);
        return body;
    }

    private static byte[] Unpack(byte[] packed, ParquetPage page, ParquetCodec codec)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(page.Bytes);
        int levels = page.RepetitionBytes + page.DefinitionBytes;
        packed.AsSpan(0, levels).CopyTo(bytes);
        PageCompression.Unpack(codec, packed, levels, bytes.AsSpan(levels));
        return bytes;
    }

    private void ReadLevels(ParquetPage page, ParquetChunk chunk)
    {
        int at = 0;
        ParquetColumn column = chunk.Column;
        Repetition = ReadLevels(column.MaxRepetition, page.IsSecondVersion ? page.RepetitionBytes : null, page.Values, chunk, ref at);
        Definition = ReadLevels(column.MaxDefinition, page.IsSecondVersion ? page.DefinitionBytes : null, page.Values, chunk, ref at);
        ValuesStart = at;
    }

    // Pages of the first version say the levels' length before each of them, and leave out what can only be 0.
    private int[] ReadLevels(int most, int? length, int count, ParquetChunk chunk, ref int at)
    {
        if (most > 0 && length is null)
        {
            length = Bytes.Length - at >= sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(Bytes.AsSpan(at)) : -1;
            at += sizeof(int);
        }
        int bytes = length ?? 0;
        if (bytes < 0 || bytes > Bytes.Length - at)
            throw chunk.Bad("is cut short");
        at += bytes;
        if (most == 0)
            return [];
        var levels = new int[count];
        LevelDecoding.Decode(Bytes.AsSpan(at - bytes, bytes), 32 - int.LeadingZeroCount(most), levels);
        return levels;
    }
}
