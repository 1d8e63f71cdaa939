using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Underpaint.Kernels;

/// <summary>A number stored as bfloat16: the upper half of a float32.</summary>
/// <param name="Bits">Sign, 8 bits of exponent, 7 bits of fraction.</param>
internal readonly record struct BFloat16Element(ushort Bits) : IElement<BFloat16Element>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref readonly BFloat16Element start, nuint offset)
    {
        ref ushort bits = ref Unsafe.As<BFloat16Element, ushort>(ref Unsafe.AsRef(in start));
        Vector256<ushort> halves = Vector256.LoadUnsafe(ref bits, offset);
        return (Vector512.WidenLower(halves.ToVector512Unsafe()) << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> values, ref BFloat16Element start, nuint offset)
    {
        Vector512<uint> bits = values.AsUInt32();
        Vector512<uint> odd = (bits >>> 16) & Vector512<uint>.One;
        // The carry makes a number of a NaN that has all its upper bits set. Arithmetic never makes one of those: its NaNs have one bit
        // of fraction, or are copies of bfloat16 ones, whose lower half is 0 and carries nothing.
        Vector512<uint> rounded = (bits + Vector512.Create(0x7FFFu) + odd) >>> 16;
        Vector256<ushort> halves = Avx512F.IsSupported
            ? Avx512F.ConvertToVector256UInt16(rounded)
            : Vector512.Narrow(rounded, rounded).GetLower();
        halves.StoreUnsafe(ref Unsafe.As<BFloat16Element, ushort>(ref start), offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => RoughMath.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => RoughMath.Sigmoid(x);

    public static float ToSingle(BFloat16Element element) => BitConverter.UInt32BitsToSingle((uint)element.Bits << 16);

    public static BFloat16Element FromSingle(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return new((ushort)((float.IsNaN(value) ? bits : bits + 0x7FFF + (bits >> 16 & 1)) >> 16));
    }
}
