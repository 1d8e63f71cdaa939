namespace Underpaint.Storage.Torch;

/// <summary>One of the two forms of PyTorch files: a value, and the storages that its tensors are views of.</summary>
internal interface ITorchArchive : IDisposable
{
    /// <summary>The value that was saved.</summary>
    PickleValue Root { get; }

    /// <summary>The file's length in bytes.</summary>
    long Length { get; }

    /// <summary>Whether the highest byte of a number comes first.</summary>
    bool IsBigEndian { get; }

    /// <summary>Whether all of a storage must be unpacked to read some of it.</summary>
    bool IsPacked(TorchStorage storage);

    /// <summary>Reads bytes of a storage; safe from several threads.</summary>
    /// <param name="storage">One of the file's.</param>
    /// <param name="start">The first byte, counted from the storage's beginning.</param>
    /// <param name="destination">Where to.</param>
    void Read(TorchStorage storage, long start, Span<byte> destination);
}
