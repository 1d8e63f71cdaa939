using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Underpaint.Storage.Torch;

/// <summary>Turns numbers with their highest byte first into numbers with their lowest byte first.</summary>
internal static class ByteOrder
{
    /// <summary>Turns elements in place.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="size">Bytes of each: 1, 2, 4 or 8.</param>
    public static void Reverse(Span<byte> elements, int size)
    {
        switch (size)
        {
            case 1:
                break;
            case 2:
                Span<ushort> twos = MemoryMarshal.Cast<byte, ushort>(elements);
                BinaryPrimitives.ReverseEndianness(twos, twos);
                break;
            case 4:
                Span<uint> fours = MemoryMarshal.Cast<byte, uint>(elements);
                BinaryPrimitives.ReverseEndianness(fours, fours);
                break;
            default:
                Span<ulong> eights = MemoryMarshal.Cast<byte, ulong>(elements);
                BinaryPrimitives.ReverseEndianness(eights, eights);
                break;
        }
    }
}
