using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Underpaint.Storage.Torch;

/// <summary>
/// A PyTorch file as it was written before version 1.6: five pickles (a magic number, the version, facts about the machine, the
/// value, the storages' keys), and then the storages in the order of their keys, each after its length.
/// </summary>
internal sealed class TorchLegacy : ITorchArchive
{
    private const int Version = 1001;
    private const int CountBytes = 8;
    private static readonly BigInteger Magic =
        BigInteger.Parse("1950A86A20F9469CFC6C", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly string _path;
    private readonly RandomFile _file;
    private readonly Dictionary<string, long> _starts = new(StringComparer.Ordinal);

    /// <summary>Reads the pickles, and finds the storages.</summary>
    /// <param name="path">The file's name for errors.</param>
    /// <param name="file">The file. It is disposed with this.</param>
    /// <exception cref="FileFormatException">It is damaged, names what is not allowed, or breaks a limit.</exception>
    public TorchLegacy(string path, RandomFile file)
    {
        (_path, _file) = (path, file);
        var input = new PickleInput(path, file.ReadAt, file.Length);
        if (Run(input, new(input)) is not PickleInteger { Value: var magic } || magic != Magic)
            throw TorchFormat.Broken(path, "is a bare pickle, which PyTorch does not write");
        if (Run(input, new(input)) is not PickleInteger { Value: var version } || version != Version)
            throw TorchFormat.Broken(path, $"is of another version than {Version}, the only one of the old form");
        if (Run(input, new(input)) is not PickleMap)
            throw TorchFormat.Broken(path, "does not say on what machine it was written");
        var objects = new TorchObjects(input);
        Root = Run(input, objects);
        if (Run(input, new(input)) is not PickleList keys)
            throw TorchFormat.Broken(path, "does not list its storages");
        FindStorages(keys.Items, objects.Storages, input.Position);
    }

    /// <inheritdoc/>
    public PickleValue Root { get; }

    /// <inheritdoc/>
    public long Length => _file.Length;

    /// <summary>Never: every machine wrote the lowest byte first.</summary>
    public bool IsBigEndian => false;

    /// <inheritdoc/>
    public bool IsPacked(TorchStorage storage) => false;

    /// <inheritdoc/>
    public void Read(TorchStorage storage, long start, Span<byte> destination) =>
        _file.ReadAt(_starts[storage.Key] + start, destination);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static PickleValue Run(PickleInput input, TorchObjects objects) => new PickleMachine(input, objects).Run();

    private void FindStorages(IReadOnlyList<PickleValue> keys, IReadOnlyDictionary<string, TorchStorage> storages, long position)
    {
        Span<byte> count = stackalloc byte[CountBytes];
        foreach (PickleValue key in keys)
        {
            if (key is not PickleText { Value: var name } || !storages.TryGetValue(name, out TorchStorage? storage))
                throw TorchFormat.Broken(_path, "lists a storage that nothing refers to");
            if (CountBytes > Length - position)
                throw TorchFormat.Broken(_path, "is cut short: its storages break off");
            _file.ReadAt(position, count);
            if (BinaryPrimitives.ReadInt64LittleEndian(count) != storage.Count)
                throw TorchFormat.Broken(_path, $"describes the length of the storage {Quotation.Of(name)} in two ways");
            if (storage.Length > Length - position - CountBytes)
                throw TorchFormat.Broken(_path, $"is cut short: the storage {Quotation.Of(name)} breaks off");
            if (!_starts.TryAdd(name, position + CountBytes))
                throw TorchFormat.Broken(_path, $"lists the storage {Quotation.Of(name)} twice");
            position += CountBytes + storage.Length;
        }
        if (_starts.Count < storages.Count)
            throw TorchFormat.Broken(_path, "refers to a storage that it does not hold");
        if (position < Length)
            throw TorchFormat.Broken(_path, $"has {Length - position} unused bytes after its last storage");
    }
}
