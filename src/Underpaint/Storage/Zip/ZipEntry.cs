namespace Underpaint.Storage.Zip;

/// <summary>One file of a zip archive, as its central directory declares it.</summary>
/// <param name="Name">Its name, '/' between folders.</param>
/// <param name="HeaderOffset">Where its local header begins, in bytes from the start of the archive.</param>
/// <param name="PackedBytes">Length in the archive.</param>
/// <param name="Bytes">Length when unpacked.</param>
/// <param name="IsDeflated">Packed by DEFLATE; otherwise stored as it is.</param>
/// <param name="Crc32">CRC-32 of the unpacked bytes.</param>
internal readonly record struct ZipEntry(
    string Name, long HeaderOffset, long PackedBytes, long Bytes, bool IsDeflated, uint Crc32);
