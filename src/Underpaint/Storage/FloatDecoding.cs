using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Underpaint.Storage;

/// <summary>Turns the bytes of float tensors into single-precision floats.</summary>
internal static class FloatDecoding
{
    /// <summary>Whether elements of this kind are floats that can be decoded.</summary>
    public static bool Knows(DType type) => type is DType.F32 or DType.F16 or DType.BF16 or DType.F64;

    /// <summary>Decodes elements: F32, F16 and BF16 exactly; F64 rounded (past the range: infinite).</summary>
    /// <param name="type">Their kind; one that it <see cref="Knows"/>.</param>
    /// <param name="bytes">The elements, little-endian.</param>
    /// <param name="floats">Where to; as many as there are elements.</param>
    public static void Decode(DType type, ReadOnlySpan<byte> bytes, Span<float> floats)
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
}
