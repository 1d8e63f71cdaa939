namespace Underpaint.Storage.Parquet;

/// <summary>How pages are compressed, with the numbers of the format.</summary>
internal enum ParquetCodec
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Snappy, what pyarrow writes unless told otherwise.</summary>
    Snappy = 1,

    /// <summary>GZIP.</summary>
    Gzip = 2,

    /// <summary>LZO; not read.</summary>
    Lzo = 3,

    /// <summary>Brotli.</summary>
    Brotli = 4,

    /// <summary>LZ4 in Hadoop's frames; not read.</summary>
    Lz4 = 5,

    /// <summary>Zstandard.</summary>
    Zstd = 6,

    /// <summary>LZ4 in blocks; not read.</summary>
    Lz4Raw = 7,
}
