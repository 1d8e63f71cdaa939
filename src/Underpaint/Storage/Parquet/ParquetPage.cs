namespace Underpaint.Storage.Parquet;

/// <summary>A page of a column, as its header declares it.</summary>
/// <param name="IsDictionary">Whether it holds a dictionary, and no rows.</param>
/// <param name="Position">Where in the file its body begins.</param>
/// <param name="PackedBytes">How long its body is in the file.</param>
/// <param name="Bytes">How long it is unpacked.</param>
/// <param name="Values">How many values it has, absent ones among them.</param>
/// <param name="Encoding">How they are encoded: one of the numbers below.</param>
internal readonly record struct ParquetPage(bool IsDictionary, long Position, int PackedBytes, int Bytes, int Values, int Encoding)
{
    /// <summary>The values as they are.</summary>
    public const int Plain = 0;

    /// <summary>Places in the dictionary; what a dictionary is itself called in old files.</summary>
    public const int OldDictionary = 2;

    /// <summary>Runs and packed bits: how levels are written.</summary>
    public const int Levels = 3;

    /// <summary>Places in the dictionary.</summary>
    public const int Dictionary = 8;

    /// <summary>Of a page of the second version: bytes of the levels of repetition, which come first and are never compressed.</summary>
    public int RepetitionBytes { get; init; }

    /// <summary>Likewise of the levels of definition, which come next.</summary>
    public int DefinitionBytes { get; init; }

    /// <summary>Whether it is of the second version.</summary>
    public bool IsSecondVersion { get; init; }

    /// <summary>Whether its values are compressed.</summary>
    public bool IsPacked { get; init; }

    /// <summary>CRC-32 of its body; null where the writer left it out.</summary>
    public uint? Crc32 { get; init; }

    /// <summary>Whether its values are places in the dictionary.</summary>
    public bool HasPlaces => !IsDictionary && Encoding is Dictionary or OldDictionary;
}
