using System.Collections.Concurrent;
using Underpaint.Storage.Zip;

namespace Underpaint.Storage.Torch;

/// <summary>
/// A PyTorch file as it is written since version 1.6: a zip archive with one folder of any name, and in it <c>data.pkl</c> (the
/// value), <c>data/KEY</c> for every storage, and perhaps <c>byteorder</c>.
/// </summary>
internal sealed class TorchZip : ITorchArchive
{
    private const string PickleName = "data.pkl";
    private const int MaxByteOrderBytes = 16;

    private readonly string _path;
    private readonly ZipReader _zip;
    private readonly string _folder;
    private readonly ConcurrentDictionary<string, bool> _verified = new(StringComparer.Ordinal);

    /// <summary>Opens the archive, reads its pickle, and finds the storages.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileFormatException">It is damaged, names what is not allowed, or breaks a limit.</exception>
    public TorchZip(string path)
    {
        (_path, _zip) = (path, new ZipReader(path));
        try
        {
            _folder = FindFolder();
            IsBigEndian = ReadByteOrder();
            Root = ReadPickle();
        }
        catch
        {
            _zip.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public PickleValue Root { get; }

    /// <inheritdoc/>
    public long Length => _zip.Length;

    /// <inheritdoc/>
    public bool IsBigEndian { get; }

    /// <inheritdoc/>
    public bool IsPacked(TorchStorage storage) => EntryOf(storage).IsDeflated;

    /// <summary>Reads bytes of a storage. The first time, and of a deflated one every time, its checksum is verified.</summary>
    /// <param name="storage">One of the file's.</param>
    /// <param name="start">The first byte, counted from the storage's beginning.</param>
    /// <param name="destination">Where to.</param>
    /// <exception cref="FileFormatException">The storage is damaged.</exception>
    public void Read(TorchStorage storage, long start, Span<byte> destination)
    {
        ZipEntry entry = EntryOf(storage);
        try
        {
            if (!entry.IsDeflated && _verified.ContainsKey(storage.Key))
            {
                _zip.ReadStoredPiece(entry, start, destination);
                return;
            }
            _zip.ReadPiece(entry, start, destination);
            _verified[storage.Key] = true;
        }
        catch (FileFormatException e)
        {
            throw Unreadable(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private string FindFolder()
    {
        int[] pickles = [.. Enumerable.Range(0, _zip.Entries.Count).Where(i => IsPickle(_zip.Entries.NameOf(i)))];
        return pickles is [var pickle]
            ? _zip.Entries.NameOf(pickle)[..^PickleName.Length]
            : throw TorchFormat.Broken(_path, $"has {pickles.Length} folders with a file {PickleName} instead of one");
    }

    private ZipEntry? Find(string name) => _zip.Entries.Find(_folder + name);

    private static bool IsPickle(string name) =>
        name.EndsWith("/" + PickleName, StringComparison.Ordinal) && name.AsSpan().Count('/') == 1;

    private bool ReadByteOrder()
    {
        if (Find("byteorder") is not { } entry)
            return false;
        ReadOnlySpan<byte> order = Read(entry, MaxByteOrderBytes);
        bool isBig = order.SequenceEqual("big"u8);
        return isBig || order.SequenceEqual("little"u8)
            ? isBig
            : throw TorchFormat.Broken(_path, "has a byte order that is neither little nor big");
    }

    private PickleValue ReadPickle()
    {
        byte[] pickle = Read(Find(PickleName)!.Value, TorchFormat.MaxPickleBytes);
        var input = new PickleInput(_path,
            (offset, destination) => pickle.AsSpan((int)offset, destination.Length).CopyTo(destination), pickle.Length);
        var objects = new TorchObjects(input);
        PickleValue root = new PickleMachine(input, objects).Run();
        if (input.Left > 0)
            throw TorchFormat.Broken(_path, $"has {input.Left} unused bytes after its pickle");
        foreach (TorchStorage storage in objects.Storages.Values)
            Check(storage);
        return root;
    }

    private void Check(TorchStorage storage)
    {
        string name = Quotation.Of(storage.Key);
        if (Find(NameOf(storage)) is not { } entry)
            throw TorchFormat.Broken(_path, $"refers to the storage {name}, which it does not hold");
        if (entry.Bytes != storage.Length)
            throw TorchFormat.Broken(_path, $"holds {entry.Bytes} bytes of the storage {name}, which should have {storage.Length}");
    }

    private byte[] Read(ZipEntry entry, long maxBytes)
    {
        try
        {
            return _zip.Read(entry, maxBytes);
        }
        catch (FileFormatException e)
        {
            throw Unreadable(e);
        }
    }

    private ZipEntry EntryOf(TorchStorage storage) => Find(NameOf(storage))!.Value;

    private static string NameOf(TorchStorage storage) => $"data/{storage.Key}";

    // What the archive's reader advises is meant for archives of images.
    private FileFormatException Unreadable(FileFormatException e) =>
        TorchFormat.Broken(_path, $"cannot be read: {e.What.TrimEnd('.')}", e);
}
