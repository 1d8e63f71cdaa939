using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Underpaint.Storage;

/// <summary>
/// An open safetensors file: named tensors and text metadata. Every rule of the format is checked on opening, more
/// strictly than the reference reader does (no leading space, no duplicate keys, no unknown fields); at most 100 000 tensors,
/// as many metadata entries, and 64 dimensions. Reading is safe from several threads. Whoever opens it disposes it.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    private const int BlockBytes = 1 << 16;
    private readonly SafeFileHandle _handle;
    private readonly long _dataStart;

    private SafetensorsFile(string path, SafeFileHandle handle)
    {
        (Path, _handle) = (path, handle);
        long length = Length();
        if (length < 8)
            throw SafetensorsHeader.Broken(path, $"has {length} bytes, too few for a safetensors file");
        Span<byte> prefix = stackalloc byte[8];
        ReadAt(0, prefix);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > SafetensorsHeader.MaxLength)
            throw SafetensorsHeader.Broken(path, $"asks for a header of {headerLength} bytes, more than the format allows");
        _dataStart = 8 + (long)headerLength;
        if (_dataStart > length)
            throw SafetensorsHeader.Broken(path, $"is cut short: {length - 8} of {headerLength} bytes of its header are there");
        var json = new byte[headerLength];
        ReadAt(8, json);
        SafetensorsHeader header = SafetensorsHeader.Parse(path, json, length - _dataStart);
        (Metadata, Tensors) = (header.Metadata, header.Tensors);
    }

    /// <summary>The file's path, as given to <see cref="Open"/>.</summary>
    public string Path { get; }

    /// <summary>The text entries of the header; empty where there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors by name. Names are any text, also empty; never use one as a path.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors { get; }

    /// <summary>Opens a file and checks its header. The tensors' bytes are read later, when asked for.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileFormatException">The file breaks a rule of the format.</exception>
    /// <exception cref="UnderpaintException">The file is missing or cannot be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        SafeFileHandle handle = OpenHandle(path);
        try
        {
            return new SafetensorsFile(path, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Reads a tensor's bytes: row-major, little-endian.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="destination">Where to; as long as <see cref="TensorEntry.Length"/> says.</param>
    /// <exception cref="FileFormatException">There is no such tensor, or the file was cut since it was opened.</exception>
    /// <exception cref="UnderpaintException">The file cannot be read.</exception>
    public void ReadBytes(string name, Span<byte> destination)
    {
        TensorEntry tensor = Find(name);
        if (destination.Length != tensor.Length)
            throw new ArgumentException($"{tensor.Length} bytes do not fit in {destination.Length}.", nameof(destination));
        ReadAt(_dataStart + tensor.Offset, destination);
    }

    /// <summary>Reads a tensor of floats: F32, F16 and BF16 exactly; F64 rounded (past the range: infinite).</summary>
    /// <param name="name">The tensor.</param>
    /// <returns>Its elements, row-major. The array is the caller's.</returns>
    /// <exception cref="FileFormatException">There is no such tensor, it has no floats, it is too large for an array, or the file
    /// was cut since it was opened.</exception>
    /// <exception cref="UnderpaintException">The file cannot be read.</exception>
    public float[] ReadFloats(string name)
    {
        TensorEntry tensor = Find(name);
        if (tensor.Type is not (DType.F32 or DType.F16 or DType.BF16 or DType.F64))
            throw Unsuitable($"has {tensor.Type} elements in {SafetensorsHeader.Quote(name)}, where floats are needed");
        if (tensor.Count > Array.MaxLength)
            throw Unsuitable($"has too many elements in {SafetensorsHeader.Quote(name)}: {tensor.Count}");
        var values = new float[tensor.Count];
        var block = new byte[Math.Min(BlockBytes, tensor.Length)];
        int perBlock = BlockBytes / tensor.Type.Size();
        for (int start = 0; start < values.Length; start += perBlock)
        {
            Span<float> target = values.AsSpan(start, Math.Min(perBlock, values.Length - start));
            Span<byte> bytes = block.AsSpan(0, target.Length * tensor.Type.Size());
            ReadAt(_dataStart + tensor.Offset + (long)start * tensor.Type.Size(), bytes);
            ToFloats(tensor.Type, bytes, target);
        }
        return values;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _handle.Dispose();

    private static void ToFloats(DType type, ReadOnlySpan<byte> bytes, Span<float> floats)
    {
        switch (type)
        {
            case DType.F32:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(floats);
                break;
            case DType.F16:
                for (int i = 0; i < floats.Length; i++)
                    floats[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]);
                break;
            case DType.BF16:
                for (int i = 0; i < floats.Length; i++)
                {
                    uint upperHalf = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]);
                    floats[i] = BitConverter.UInt32BitsToSingle(upperHalf << 16);
                }
                break;
            default:
                for (int i = 0; i < floats.Length; i++)
                    floats[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]);
                break;
        }
    }

    private TensorEntry Find(string name) => Tensors.TryGetValue(name, out TensorEntry? tensor)
        ? tensor
        : throw Unsuitable($"has no tensor {SafetensorsHeader.Quote(name)}");

    private FileFormatException Unsuitable(string problem) =>
        new(Path, problem, "Use a file that was written for this purpose.");

    private static SafeFileHandle OpenHandle(string path)
    {
        try
        {
            return File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw Directory.Exists(path) ? SafetensorsHeader.Broken(path, "is a folder", e) : DiskError.Reading(path, e);
        }
    }

    private long Length()
    {
        try
        {
            return RandomAccess.GetLength(_handle);
        }
        catch (NotSupportedException e)
        {
            throw SafetensorsHeader.Broken(Path, "is a pipe or a device, no file", e);
        }
    }

    private void ReadAt(long offset, Span<byte> destination)
    {
        try
        {
            while (!destination.IsEmpty)
            {
                int read = RandomAccess.Read(_handle, destination, offset);
                if (read == 0)
                    throw SafetensorsHeader.Broken(Path, "is cut short: it was changed while it was read");
                destination = destination[read..];
                offset += read;
            }
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Reading(Path, e);
        }
    }
}
