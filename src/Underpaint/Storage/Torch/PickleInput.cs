using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Underpaint.Storage.Torch;

/// <summary>The bytes of one or several pickles, read from front to back. What they declare is checked, not believed.</summary>
internal sealed class PickleInput
{
    private readonly ReadAt _readAt;
    private readonly byte[] _block = new byte[1 << 12];
    private readonly long _length;
    private long _blockStart;
    private int _blockLength;

    /// <summary>Reads from a file.</summary>
    /// <param name="file">Its name for errors.</param>
    /// <param name="readAt">Gives its bytes.</param>
    /// <param name="length">How many there are.</param>
    public PickleInput(string file, ReadAt readAt, long length) => (File, _readAt, _length) = (file, readAt, length);

    /// <summary>Fills a piece of memory with the bytes from an offset on.</summary>
    public delegate void ReadAt(long offset, Span<byte> destination);

    /// <summary>The file's name for errors.</summary>
    public string File { get; }

    /// <summary>How many bytes have been read.</summary>
    public long Position { get; private set; }

    /// <summary>How many bytes are left.</summary>
    public long Left => _length - Position;

    /// <summary>Reads one byte.</summary>
    public byte ReadByte()
    {
        if (Position >= _blockStart + _blockLength)
            NextBlock();
        return _block[Position++ - _blockStart];
    }

    /// <summary>Reads 2 bytes, unsigned.</summary>
    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Fill(stackalloc byte[2]));

    /// <summary>Reads 4 bytes, signed.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Fill(stackalloc byte[4]));

    /// <summary>Reads 8 bytes, signed.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Fill(stackalloc byte[8]));

    /// <summary>Reads 8 bytes, a float; the only number that stands with its highest byte first.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Fill(stackalloc byte[8]));

    /// <summary>Reads some bytes.</summary>
    /// <param name="count">How many; any number, as a file may declare it.</param>
    public byte[] ReadBytes(long count)
    {
        if (count < 0 || count > Left || Position + count > TorchFormat.MaxPickleBytes)
            throw Broken($"declares {count} bytes where {Left} are left");
        var bytes = new byte[count];
        _ = Fill(bytes);
        return bytes;
    }

    /// <summary>Reads a text in UTF-8.</summary>
    /// <param name="count">How many bytes; any number, as a file may declare it.</param>
    public string ReadText(long count)
    {
        byte[] bytes = ReadBytes(count);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw Broken("has a text that is not UTF-8");
    }

    /// <summary>Reads the name of a module, a class or a function, which ends with its line.</summary>
    public string ReadName()
    {
        var name = new byte[TorchFormat.MaxGlobalBytes];
        for (int length = 0; length < name.Length; length++)
        {
            name[length] = ReadByte();
            if (name[length] == '\n')
                return Encoding.UTF8.GetString(name, 0, length);
        }
        throw Broken($"has a name of more than {TorchFormat.MaxGlobalBytes} bytes");
    }

    /// <summary>The error for a rule that is broken here.</summary>
    /// <param name="problem">Which, as the rest of the sentence "FILE …".</param>
    public FileFormatException Broken(string problem) => TorchFormat.Broken(File, $"{problem} (byte {Position} of its pickle)");

    private Span<byte> Fill(Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = ReadByte();
        return bytes;
    }

    private void NextBlock()
    {
        if (Left <= 0)
            throw Broken("is cut short: its pickle breaks off");
        if (Position >= TorchFormat.MaxPickleBytes)
            throw Broken($"has a pickle of more than {TorchFormat.MaxPickleBytes >> 20} MiB");
        (_blockStart, _blockLength) = (Position, (int)Math.Min(_block.Length, Left));
        _readAt(_blockStart, _block.AsSpan(0, _blockLength));
    }
}
