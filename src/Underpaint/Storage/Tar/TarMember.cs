namespace Underpaint.Storage.Tar;

/// <summary>A file in a tar archive.</summary>
/// <param name="Name">Its name, '/' between folders; never a path of this machine.</param>
/// <param name="Position">Where in the archive its content begins.</param>
/// <param name="Bytes">How long its content is.</param>
internal readonly record struct TarMember(string Name, long Position, long Bytes);
