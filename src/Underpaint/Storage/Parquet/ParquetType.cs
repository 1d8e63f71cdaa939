namespace Underpaint.Storage.Parquet;

/// <summary>The kinds of values that are read, with their numbers in the format.</summary>
internal enum ParquetType
{
    /// <summary>Whole numbers of 32 bits.</summary>
    Int32 = 1,

    /// <summary>Whole numbers of 64 bits.</summary>
    Int64 = 2,

    /// <summary>Floats of 32 bits.</summary>
    Float = 4,

    /// <summary>Bytes, such as text in UTF-8.</summary>
    Bytes = 6,
}
