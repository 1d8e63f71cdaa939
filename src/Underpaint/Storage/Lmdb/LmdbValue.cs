namespace Underpaint.Storage.Lmdb;

/// <summary>Where a value is; nothing of a long one has been read yet.</summary>
/// <param name="Length">Its length in bytes, as declared; of a short value it is right.</param>
/// <param name="Inline">A short value itself.</param>
/// <param name="Page">The first of the pages that a long value has to itself, which need not exist; null for a short one.</param>
internal readonly record struct LmdbValue(long Length, ReadOnlyMemory<byte> Inline, long? Page);
