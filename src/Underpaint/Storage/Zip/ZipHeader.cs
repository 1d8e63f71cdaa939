using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Underpaint.Storage.Zip;

/// <summary>One entry of a zip archive's central directory, as it stands there. Reading what it lies about throws.</summary>
/// <param name="bytes">The directory, from the entry on.</param>
internal readonly ref struct ZipHeader(ReadOnlySpan<byte> bytes)
{
    /// <summary>The least length of an entry.</summary>
    public const int FixedBytes = 46;

    private const uint Mark = 0x02014B50;
    private const ushort Zip64Extra = 1;
    private const int EncryptedFlag = 1;
    private const int Deflated = 8;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Whether there is an entry at all.</summary>
    public bool IsMarked => BinaryPrimitives.TryReadUInt32LittleEndian(_bytes, out uint mark) && mark == Mark;

    /// <summary>The whole entry's length.</summary>
    public int Length => FixedBytes + U16(28) + U16(30) + U16(32);

    /// <summary>The name as it is stored: in UTF-8, or in Latin-1 where it is no valid UTF-8.</summary>
    public ReadOnlySpan<byte> NameBytes => _bytes.Slice(FixedBytes, U16(28));

    /// <summary>Whether it is encrypted.</summary>
    public bool IsEncrypted => (U16(8) & EncryptedFlag) != 0;

    /// <summary>How it is packed: 0 is stored, 8 is deflated.</summary>
    public int Method => U16(10);

    /// <summary>The name.</summary>
    public string Name => EncodingOf(NameBytes).GetString(NameBytes);

    /// <summary>Decodes the name.</summary>
    /// <param name="characters">Where to; as long as <see cref="NameBytes"/>.</param>
    /// <returns>The name.</returns>
    public ReadOnlySpan<char> NameIn(Span<char> characters) =>
        characters[..EncodingOf(NameBytes).GetChars(NameBytes, characters)];

    /// <summary>What the entry declares.</summary>
    public ZipEntry ToEntry()
    {
        ulong packed = U32(20), unpacked = U32(24), offset = U32(42);

        // A field that is all ones has moved to the ZIP64 extra block, in this order.
        ReadOnlySpan<byte> wide = Zip64Block();
        unpacked = unpacked == uint.MaxValue ? TakeU64(ref wide) : unpacked;
        packed = packed == uint.MaxValue ? TakeU64(ref wide) : packed;
        offset = offset == uint.MaxValue ? TakeU64(ref wide) : offset;
        return new(Name, (long)offset, (long)packed, (long)unpacked, Method == Deflated, U32(16));
    }

    private static Encoding EncodingOf(ReadOnlySpan<byte> name) => Utf8.IsValid(name) ? Encoding.UTF8 : Encoding.Latin1;

    private ReadOnlySpan<byte> Zip64Block()
    {
        ReadOnlySpan<byte> extra = _bytes.Slice(FixedBytes + U16(28), U16(30));
        while (extra.Length >= 4)
        {
            ReadOnlySpan<byte> block = extra.Slice(4, BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]));
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == Zip64Extra)
                return block;
            extra = extra[(4 + block.Length)..];
        }
        return [];
    }

    private static ulong TakeU64(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        bytes = bytes[8..];
        return value;
    }

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[at..]);

    private uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[at..]);
}
