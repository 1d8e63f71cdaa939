using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Parquet;
using Underpaint.Tests.Data;
using Underpaint.Tests.Storage.Lmdb;

namespace Underpaint.Bench.Sources;

/// <summary>One kind of source, and how the same images become one.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="File">The file or folder that it is written to; its ending matters where sources are known by it.</param>
/// <param name="Write">Writes encoded images to this path.</param>
internal sealed record SourceForm(string Name, string File, Action<string, IReadOnlyList<byte[]>> Write)
{
    /// <summary>All that are compared; the first is what the others are held against.</summary>
    public static IReadOnlyList<SourceForm> All { get; } =
    [
        new("folder", "images", WriteFolder),
        new("zip", "images.zip", WriteZip),
        new("LMDB", "images.lmdb", WriteLmdb),
        new("tar", "images.tar", WriteTar),
        new("parquet, plain", "plain.parquet", (path, images) => WriteParquet(path, images, CompressionMethod.None)),
        new("parquet, Snappy", "snappy.parquet", (path, images) => WriteParquet(path, images, CompressionMethod.Snappy)),
    ];

    private static void WriteFolder(string path, IReadOnlyList<byte[]> images)
    {
        Directory.CreateDirectory(path);
        for (int i = 0; i < images.Count; i++)
            System.IO.File.WriteAllBytes(Path.Combine(path, $"{i:000000}.jpg"), images[i]);
    }

    private static void WriteZip(string path, IReadOnlyList<byte[]> images)
    {
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        for (int i = 0; i < images.Count; i++)
        {
            using Stream entry = zip.CreateEntry($"{i:000000}.jpg", CompressionLevel.NoCompression).Open();
            entry.Write(images[i]);
        }
    }

    private static void WriteLmdb(string path, IReadOnlyList<byte[]> images) => System.IO.File.WriteAllBytes(path, TestLmdb.Of(
        pageSize: 4096, perPage: int.MaxValue,
        images.Select((image, i) => ($"None-{i:0000000}", image)).Append(("length", Encoding.ASCII.GetBytes($"{images.Count}")))));

    private static void WriteTar(string path, IReadOnlyList<byte[]> images)
    {
        using var tar = new TarWriter(System.IO.File.Create(path), TarEntryFormat.Ustar);
        for (int i = 0; i < images.Count; i++)
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{i:000000}.jpg") { DataStream = new MemoryStream(images[i]) });
    }

    // In groups of a hundred rows, as "datasets" writes images.
    private static void WriteParquet(string path, IReadOnlyList<byte[]> images, CompressionMethod codec) =>
        System.IO.File.WriteAllBytes(path, new TestParquet { Images = images, Codec = codec, RowsPerGroup = 100 }.Write());
}
