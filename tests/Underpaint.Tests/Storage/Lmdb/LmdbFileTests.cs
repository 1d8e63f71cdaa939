using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Underpaint.Storage.Lmdb;

namespace Underpaint.Tests.Storage.Lmdb;

public sealed class LmdbFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tree_with_deletions_and_long_values_is_read_as_the_official_library_reads_it()
    {
        string folder = SharedFiles.Path("golden", "small", "lmdb");
        JsonElement expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json"))).RootElement.GetProperty("btree.lmdb");
        using var file = new LmdbFile(Path.Combine(folder, "btree.lmdb", "data.mdb"));
        List<(string Key, byte[] Value)> all = ReadAll(file);
        Assert.Equal(expected.GetProperty("entries").GetInt64(), file.Entries);
        Assert.Equal(expected.GetProperty("entries").GetInt32(), all.Count);
        Assert.Equal(("big", expected.GetProperty("last_key").GetString()), (all[0].Key, all[^1].Key));
        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => (byte)(i * 37 % 251)), all[0].Value);
        byte[] list = [.. all.SelectMany(entry => (byte[])
            [.. BitConverter.GetBytes(entry.Key.Length), .. Encoding.ASCII.GetBytes(entry.Key), .. BitConverter.GetBytes(entry.Value.Length), .. entry.Value])];
        Assert.Equal(expected.GetProperty("sha256_over_sorted_(u32le keylen,key,u32le vallen,value)").GetString(),
            Convert.ToHexStringLower(SHA256.HashData(list)));
        Assert.All(expected.GetProperty("get").EnumerateObject(), entry =>
            Assert.StartsWith(entry.Value.GetString()!.TrimEnd(), Text(file, entry.Name)!));
        Assert.Null(Text(file, expected.GetProperty("deleted_key_example").GetString()!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_LMDB_wrote_is_read(bool isOneFile)
    {
        string path = isOneFile ? _folder.File("one.lmdb") : Directory.CreateDirectory(_folder.File("db")).FullName;
        var random = new RandomSource(1, "lmdb");
        var expected = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        using (var lmdb = new SystemLmdb(path))
        {
            for (int round = 0; round < 4; round++)
            {
                (string Key, byte[] Value)[] put = [.. Enumerable.Range(0, 4000).Select(_ => ($"key {random.NextInt(20_000)}", BytesOf(random)))];
                foreach ((string key, byte[] value) in put)
                    expected[key] = value;
                string[] removed = [.. expected.Keys.Where((_, i) => (i + round) % 3 == 0)];
                lmdb.Write(put, removed);
                Assert.All(removed, key => expected.Remove(key));
            }
        }
        using var file = new LmdbFile(isOneFile ? path : Path.Combine(path, "data.mdb"));
        List<(string Key, byte[] Value)> all = ReadAll(file);
        Assert.True(DepthOf(isOneFile ? path : Path.Combine(path, "data.mdb")) >= 3);
        Assert.Equal(expected.Keys, all.Select(entry => entry.Key));
        Assert.All(all, entry => Assert.Equal(expected[entry.Key], entry.Value));
        Parallel.ForEach(expected, entry => Assert.Equal(entry.Value, file.Read(file.Find(Encoding.ASCII.GetBytes(entry.Key))!.Value)));
        Assert.Null(file.Find("key 20001"u8));
        Assert.True(file.From("l"u8).IsAtEnd);
    }

    [Fact]
    public void Removing_almost_everything_leaves_a_database_that_is_read()
    {
        using (var lmdb = new SystemLmdb(_folder.File("emptied.lmdb")))
        {
            (string Key, byte[] Value)[] put = [.. Enumerable.Range(0, 3000).Select(i => ($"{i:0000}", new byte[i % 3000]))];
            lmdb.Write(put);
            lmdb.Write(put.Select(entry => ($"{entry.Key}x", entry.Value)), put.Skip(1).Select(entry => entry.Key));
            lmdb.Write([], put.Skip(1).Select(entry => $"{entry.Key}x"));
        }
        using var file = new LmdbFile(_folder.File("emptied.lmdb"));
        Assert.Equal(["0000", "0000x"], ReadAll(file).Select(entry => entry.Key));
    }

    [Fact]
    public void A_database_within_the_database_is_no_value()
    {
        using (var lmdb = new SystemLmdb(_folder.File("nested.lmdb")))
            lmdb.Write([("a", [1])], database: "inner");
        using var file = new LmdbFile(_folder.File("nested.lmdb"));
        Assert.Contains("database of its own", Assert.Throws<FileFormatException>(() => file.Find("inner"u8)).Message);
    }

    [Fact]
    public void An_empty_database_has_no_keys()
    {
        using (new SystemLmdb(_folder.File("empty.lmdb")))
        {
        }
        using var file = new LmdbFile(_folder.File("empty.lmdb"));
        Assert.True(file.From([]).IsAtEnd);
        Assert.Null(file.Find("a"u8));
    }

    [Theory]
    [InlineData(512)]
    [InlineData(4096)]
    [InlineData(16_384)]
    [InlineData(32_768)]
    public void Pages_of_other_sizes_are_read(int pageSize)
    {
        (string Key, byte[] Value)[] entries = [.. Enumerable.Range(0, 200).Select(i => ($"k{i:000}", new byte[i * 37]))];
        using LmdbFile file = Open(TestLmdb.Of(pageSize, perPage: 3, entries));
        Assert.Equal(entries.Select(entry => (entry.Key, entry.Value.Length)), ReadAll(file).Select(entry => (entry.Key, entry.Value.Length)));
    }

    [Theory]
    [InlineData(256)]
    [InlineData(65_536)]
    [InlineData(5000)]
    public void Pages_of_impossible_sizes_are_refused_by_name(int pageSize)
    {
        byte[] database = Small();
        BinaryPrimitives.WriteInt32LittleEndian(database.AsSpan(40), pageSize);
        Assert.Contains($"has pages of {pageSize:N0} bytes", Refusal(database));
    }

    [Theory]
    [InlineData(0, 0xDEC0EFBEu, "big-endian")]
    [InlineData(0, 1u, "no LMDB database")]
    [InlineData(4, 2u, "only the format of LMDB 0.9")]
    [InlineData(76, 4u, "another order")] // several values for a key
    [InlineData(112, 999u, "begins at page 999")]
    [InlineData(112, 1u, "begins at page 1")]
    [InlineData(76, 0x00210000u, "33 pages deep")]
    [InlineData(76, 0u, "0 pages deep")]
    [InlineData(76, 0x00010000u, "not the leaf")]
    [InlineData(76, 0x00030000u, "not the branch")]
    [InlineData(104, 1_000_000u, "declares 1,000,000 entries")]
    [InlineData(120, 1_000_000u, "needs 1,000,001 pages")]
    [InlineData(24, 1024u, "two different")]
    public void A_meta_page_that_cannot_be_is_refused_for_its_reason(int field, uint value, string reason)
    {
        byte[] database = Small();
        BinaryPrimitives.WriteUInt32LittleEndian(database.AsSpan(TestLmdb.MetaAt(512, field)), value);
        Assert.Contains(reason == "two different" ? "different page sizes" : reason, Refusal(database));
    }

    [Theory]
    [InlineData(12, "32-bit")]
    [InlineData(24, "LMDB 1.0")]
    public void A_database_of_another_kind_is_refused_by_name(int mark, string reason)
    {
        byte[] database = new byte[8192];
        BinaryPrimitives.WriteUInt32LittleEndian(database.AsSpan(mark), 0xBEEFC0DE);
        Assert.True(LmdbMeta.IsLmdb(database));
        Assert.Contains(reason, Refusal(database));
    }

    [Fact]
    public void A_page_that_leads_back_to_itself_ends_in_an_error()
    {
        byte[] database = Small();
        int root = RootOf(database);
        int node = root * 512 + BinaryPrimitives.ReadUInt16LittleEndian(database.AsSpan(root * 512 + 16));
        BinaryPrimitives.WriteUInt16LittleEndian(database.AsSpan(node), (ushort)root);
        Assert.Contains("is not the", Refusal(database));
    }

    [Fact]
    public void A_page_that_occurs_twice_ends_in_an_error()
    {
        byte[] database = Small();
        int root = RootOf(database) * 512;
        ushort[] nodes = [.. Enumerable.Range(0, 2).Select(i => BinaryPrimitives.ReadUInt16LittleEndian(database.AsSpan(root + 16 + 2 * i)))];
        database.AsSpan(root + nodes[0], 6).CopyTo(database.AsSpan(root + nodes[1]));
        Assert.Contains("out of order", Refusal(database));
    }

    [Theory]
    [InlineData(5000)] // beyond the file's end
    [InlineData(0)] // a meta page
    [InlineData(-1)]
    public void A_long_value_on_pages_that_are_not_there_is_refused(long page)
    {
        byte[] database = TestLmdb.Of(512, 3, ("a", new byte[2000]));
        int leaf = RootOf(database) * 512, node = leaf + BinaryPrimitives.ReadUInt16LittleEndian(database.AsSpan(leaf + 16));
        BinaryPrimitives.WriteInt64LittleEndian(database.AsSpan(node + 9), page);
        Assert.Contains("refers to page", Refusal(database));
    }

    [Fact]
    public void A_long_value_that_is_longer_than_its_pages_is_refused_before_memory_is_taken()
    {
        byte[] database = TestLmdb.Of(512, 3, ("a", new byte[2000]));
        int leaf = RootOf(database) * 512, node = leaf + BinaryPrimitives.ReadUInt16LittleEndian(database.AsSpan(leaf + 16));
        BinaryPrimitives.WriteInt32LittleEndian(database.AsSpan(node), int.MaxValue);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("does not begin a value of 2,147,483,647 bytes", Refusal(database));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_truncated_database_is_refused_wherever_it_breaks_off()
    {
        byte[] database = Small();
        for (int length = 0; length < database.Length; length++)
            _ = Refusal(database[..length]);
    }

    [Fact]
    public void Whatever_byte_is_wrong_the_file_is_read_or_refused()
    {
        byte[] database = Small();
        Assert.InRange(RefusedWithAByteWrong(database, every: 1), 100, database.Length);
    }

    [Theory]
    [InlineData("btree", 20)]
    [InlineData("ffhq256", 10)]
    public void Whatever_byte_is_wrong_in_what_LMDB_wrote_it_is_read_or_refused(string name, int refusedAtLeast)
    {
        byte[] database = File.ReadAllBytes(SharedFiles.Path("golden", "small", "lmdb", $"{name}.lmdb", "data.mdb"));
        Assert.InRange(RefusedWithAByteWrong(database, every: 37), refusedAtLeast, database.Length);
        for (int length = 0; length < database.Length; length += 997)
            _ = Refusal(database[..length]);
    }

    private int RefusedWithAByteWrong(byte[] database, int every)
    {
        int refused = 0;
        for (int at = 0; at < database.Length; at += every)
        {
            byte[] changed = [.. database];
            changed[at] ^= 0x11;
            Exception? error = Record.Exception(() =>
            {
                using LmdbFile file = Open(changed);
                _ = ReadAll(file);
            });
            Assert.True(error is null or FileFormatException, $"byte {at}: {error}");
            refused += error is null ? 0 : 1;
        }
        return refused;
    }

    private static byte[] Small() =>
        TestLmdb.Of(512, perPage: 3, [.. Enumerable.Range(0, 8).Select(i => ($"k{i}", new byte[i * 30])), ("long", new byte[700])]);

    private static int RootOf(byte[] database) => BinaryPrimitives.ReadInt32LittleEndian(database.AsSpan(TestLmdb.MetaAt(512, 112)));

    private static int DepthOf(string path)
    {
        byte[] start = File.ReadAllBytes(path)[..8192];
        return Math.Max(BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(94)), BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(4096 + 94)));
    }

    private static byte[] BytesOf(RandomSource random)
    {
        var bytes = new byte[random.NextInt(10) == 0 ? random.NextInt(20_000) : random.NextInt(200)];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)random.NextInt(256);
        return bytes;
    }

    private static List<(string Key, byte[] Value)> ReadAll(LmdbFile file)
    {
        var all = new List<(string Key, byte[] Value)>();
        for (LmdbCursor cursor = file.From([]); !cursor.IsAtEnd; cursor.Next())
            all.Add((Encoding.ASCII.GetString(cursor.Key), file.Read(cursor.Value)));
        return all;
    }

    private static string? Text(LmdbFile file, string key) =>
        file.Find(Encoding.ASCII.GetBytes(key)) is { } value ? Encoding.ASCII.GetString(file.Read(value)) : null;

    private LmdbFile Open(byte[] database)
    {
        string path = _folder.File("test.lmdb");
        File.Delete(path);
        File.WriteAllBytes(path, database);
        return new LmdbFile(path);
    }

    private string Refusal(byte[] database) => Assert.Throws<FileFormatException>(() =>
    {
        using LmdbFile file = Open(database);
        _ = ReadAll(file);
    }).Message;
}
