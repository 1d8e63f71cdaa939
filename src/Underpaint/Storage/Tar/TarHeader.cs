using System.Buffers.Binary;
using System.Text;

namespace Underpaint.Storage.Tar;

/// <summary>A header of a tar archive, in any of its forms: the first one, ustar, pax, GNU.</summary>
/// <param name="block">The header's block.</param>
internal readonly ref struct TarHeader(ReadOnlySpan<byte> block)
{
    /// <summary>How long headers are, and what contents are padded to a multiple of.</summary>
    public const int BlockBytes = 512;

    private const int ChecksumStart = 148, ChecksumEnd = 156;
    private readonly ReadOnlySpan<byte> _block = block;

    /// <summary>Whether it holds nothing but zeros, as the two blocks at the end do.</summary>
    public bool IsEmpty => !_block.ContainsAnyExcept((byte)0);

    /// <summary>What it describes: a letter or digit, or NUL for a file.</summary>
    public char Kind => (char)_block[156];

    /// <summary>Its name.</summary>
    public string Name
    {
        get
        {
            string name = Text(_block[..100]);
            // What follows the mark "ustar" and a NUL; GNU's own form has other things there.
            string prefix = _block.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(_block.Slice(345, 155)) : "";
            return prefix.Length > 0 ? $"{prefix}/{name}" : name;
        }
    }

    /// <summary>How long its content is.</summary>
    /// <exception cref="InvalidDataException">It is no number.</exception>
    public long Bytes => Number(_block.Slice(124, 12));

    /// <summary>Checks the sum of all its bytes.</summary>
    /// <exception cref="InvalidDataException">It is another.</exception>
    public void CheckSum()
    {
        long declared = Number(_block[ChecksumStart..ChecksumEnd]), sum = 0, signedSum = 0;
        for (int i = 0; i < BlockBytes; i++)
        {
            byte value = i is >= ChecksumStart and < ChecksumEnd ? (byte)' ' : _block[i];
            sum += value;
            // Old programs took bytes for signed numbers.
            signedSum += (sbyte)value;
        }
        if (declared != sum && declared != signedSum)
            throw new InvalidDataException("a header is damaged: its sum does not match");
    }

    /// <summary>A text that ends at a NUL or with its field.</summary>
    public static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    // Octal digits; or, where they are not enough, the number itself, marked by its first bit.
    private static long Number(ReadOnlySpan<byte> field)
    {
        if (field[0] >= 128)
        {
            bool isLong = field.Length > sizeof(long) && !field[1..^sizeof(long)].ContainsAnyExcept((byte)0) && field[0] == 128;
            long number = isLong ? BinaryPrimitives.ReadInt64BigEndian(field[^sizeof(long)..]) : -1;
            return number >= 0 ? number : throw new InvalidDataException("a header has an impossible number");
        }
        long value = 0;
        foreach (byte digit in field.Trim((byte)' ').TrimEnd((byte)0).TrimEnd((byte)' '))
            value = digit is >= (byte)'0' and <= (byte)'7' ? value * 8 + digit - '0' : throw new InvalidDataException("a header has no number where one belongs");
        return value;
    }
}
