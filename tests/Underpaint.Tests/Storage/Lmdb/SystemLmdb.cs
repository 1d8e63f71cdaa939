using System.Runtime.InteropServices;
using System.Text;

namespace Underpaint.Tests.Storage.Lmdb;

/// <summary>LMDB itself (0.9, as the system has it) as a writer that knows nothing of ours. A test without it is skipped.</summary>
internal sealed unsafe partial class SystemLmdb : IDisposable
{
    private const string Library = "liblmdb.so.0";
    private const uint NoSubdirectory = 0x4000, NoSync = 0x10000, Create = 0x40000;
    private readonly nint _environment;

    /// <summary>Opens or makes a database.</summary>
    /// <param name="path">An existing folder, or a file.</param>
    public SystemLmdb(string path)
    {
        Assert.SkipUnless(NativeLibrary.TryLoad(Library, out _), "needs LMDB 0.9 on this machine (package liblmdb0)");
        Check(mdb_env_create(out _environment));
        Check(mdb_env_set_mapsize(_environment, 1 << 30));
        Check(mdb_env_set_maxdbs(_environment, 4));
        Check(mdb_env_open(_environment, path, NoSync | (Directory.Exists(path) ? 0 : NoSubdirectory), 0b110_100_100));
    }

    /// <summary>Puts entries, and then removes keys, in one transaction.</summary>
    public void Write(IEnumerable<(string Key, byte[] Value)> entries, IEnumerable<string>? removed = null, string? database = null)
    {
        Check(mdb_txn_begin(_environment, 0, 0, out nint transaction));
        Check(mdb_dbi_open(transaction, database, database is null ? 0 : Create, out uint handle));
        foreach ((string key, byte[] value) in entries)
            Use(key, value, (k, v) => mdb_put(transaction, handle, k, v, 0));
        foreach (string key in removed ?? [])
            Use(key, [], (k, _) => mdb_del(transaction, handle, k, null));
        Check(mdb_txn_commit(transaction));
    }

    public void Dispose() => mdb_env_close(_environment);

    private delegate int Action(Value* key, Value* value);

    private static void Use(string key, byte[] value, Action action)
    {
        fixed (byte* keyBytes = Encoding.ASCII.GetBytes(key), valueBytes = value.Length == 0 ? [0] : value)
        {
            var k = new Value((nuint)key.Length, keyBytes);
            var v = new Value((nuint)value.Length, valueBytes);
            Check(action(&k, &v));
        }
    }

    private static void Check(int result) => Assert.Equal(0, result);

    [LibraryImport(Library)]
    private static partial int mdb_env_create(out nint environment);

    [LibraryImport(Library)]
    private static partial int mdb_env_set_mapsize(nint environment, nuint bytes);

    [LibraryImport(Library)]
    private static partial int mdb_env_set_maxdbs(nint environment, uint count);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mdb_env_open(nint environment, string path, uint flags, uint mode);

    [LibraryImport(Library)]
    private static partial void mdb_env_close(nint environment);

    [LibraryImport(Library)]
    private static partial int mdb_txn_begin(nint environment, nint parent, uint flags, out nint transaction);

    [LibraryImport(Library)]
    private static partial int mdb_txn_commit(nint transaction);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mdb_dbi_open(nint transaction, string? name, uint flags, out uint handle);

    [LibraryImport(Library)]
    private static partial int mdb_put(nint transaction, uint handle, Value* key, Value* value, uint flags);

    [LibraryImport(Library)]
    private static partial int mdb_del(nint transaction, uint handle, Value* key, Value* value);

    private readonly struct Value(nuint length, byte* bytes)
    {
        public readonly nuint Length = length;
        public readonly byte* Bytes = bytes;
    }
}
