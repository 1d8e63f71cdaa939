using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>A number stored as float32.</summary>
/// <param name="Value">The number.</param>
internal readonly record struct Float32Element(float Value) : IElement<Float32Element>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref readonly Float32Element start, nuint offset) =>
        Vector512.LoadUnsafe(ref Unsafe.As<Float32Element, float>(ref Unsafe.AsRef(in start)), offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> values, ref Float32Element start, nuint offset) =>
        values.StoreUnsafe(ref Unsafe.As<Float32Element, float>(ref start), offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => VectorMath.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => VectorMath.Sigmoid(x);

    public static float ToSingle(Float32Element element) => element.Value;

    public static Float32Element FromSingle(float value) => new(value);
}
