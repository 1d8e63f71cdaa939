using System.Buffers.Binary;
using System.Text;

namespace Underpaint.Storage;

/// <summary>
/// An open NumPy file (<c>.npy</c>) with one array of floats (16, 32 or 64 bits, little-endian) in C order. Everything the header
/// declares is checked on opening, and the file must have exactly the bytes that its shape asks for. Whoever opens it disposes it.
/// </summary>
public sealed class NpyFile : IDisposable
{
    private const string Remedy = "Save the array again with numpy.save, as float32 in C order.";
    private readonly RandomFile _file;
    private readonly DType _type;
    private readonly long _dataStart;

    private NpyFile(string path, RandomFile file)
    {
        (Path, _file) = (path, file);
        (NpyHeader header, _dataStart) = ReadHeader();
        (_type, Shape) = (header.Type, header.Shape);
        if (!_type.TryByteLength(Shape, out long length) || length != file.Length - _dataStart)
            throw Broken($"has {file.Length - _dataStart} bytes of elements, and its shape {string.Join('×', Shape)} needs another number");
    }

    /// <summary>The file's path, as given to <see cref="Open"/>.</summary>
    public string Path { get; }

    /// <summary>The array's dimensions, outermost first.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Opens a file and checks its header. The elements are read later, when asked for.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileFormatException">It is no NumPy file, is damaged, or holds no floats in C order.</exception>
    /// <exception cref="UnderpaintException">The file is missing or cannot be read.</exception>
    public static NpyFile Open(string path)
    {
        var file = new RandomFile(path, Remedy);
        try
        {
            return new NpyFile(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="shape">The array's dimensions, outermost first.</param>
    /// <param name="write">Writes the elements: float32, little-endian, row-major, exactly as many as the shape asks for.</param>
    /// <exception cref="UnderpaintException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<long> shape, Action<Stream> write) => AtomicFile.Write(path, stream =>
    {
        stream.Write(new NpyHeader(DType.F32, shape).ToBytes());
        var tally = new TallyStream(stream);
        write(tally);
        if (!DType.F32.TryByteLength(shape, out long length) || tally.Length != length)
            throw new ArgumentException($"{tally.Length} bytes were written; the shape needs another number.", nameof(write));
    });

    /// <summary>Reads elements: float32 and float16 exactly, float64 rounded.</summary>
    /// <param name="first">The first one's place in the whole array, row-major.</param>
    /// <param name="destination">Where to; it may not reach beyond the array.</param>
    /// <exception cref="FileFormatException">The file was cut since it was opened.</exception>
    /// <exception cref="UnderpaintException">The file cannot be read.</exception>
    public void Read(long first, Span<float> destination)
    {
        var bytes = new byte[destination.Length * _type.Size()];
        _file.ReadAt(_dataStart + first * _type.Size(), bytes);
        FloatDecoding.Decode(_type, bytes, destination);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private (NpyHeader Header, long End) ReadHeader()
    {
        Span<byte> start = stackalloc byte[12];
        start = start[..(int)Math.Min(start.Length, _file.Length)];
        _file.ReadAt(0, start);
        if (!start.StartsWith(NpyHeader.Magic) || start.Length < 12)
            throw Broken("is no NumPy file");
        (int lengthBytes, uint length) = start[6] switch
        {
            1 => (2, BinaryPrimitives.ReadUInt16LittleEndian(start[8..])),
            2 or 3 => (4, BinaryPrimitives.ReadUInt32LittleEndian(start[8..])),
            _ => throw Broken($"has version {start[6]} of NumPy's format"),
        };
        long begin = 8 + lengthBytes;
        if (length > NpyHeader.MaxLength || length > _file.Length - begin)
            throw Broken($"declares a header of {length} bytes");
        var text = new byte[length];
        _file.ReadAt(begin, text);
        return (NpyHeader.TryParse(Encoding.Latin1.GetString(text)) ?? throw Broken("holds no array of floats in C order"), begin + length);
    }

    private FileFormatException Broken(string problem) => new(Path, problem, Remedy);
}
