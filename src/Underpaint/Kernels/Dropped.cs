using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Underpaint.Kernels;

/// <summary>An activation whose results are dropped at a share of the positions; the others grow to keep the mean.</summary>
/// <typeparam name="TActivation">The activation without dropout.</typeparam>
/// <param name="mask">The positions.</param>
internal readonly struct Dropped<TActivation>(ImageMask mask) : IActivation
    where TActivation : struct, IActivation
{
    private readonly uint _first = (uint)mask.Key;
    private readonly uint _second = (uint)(mask.Key >> 32);
    private readonly uint _threshold = (uint)Math.Min(Math.Round(mask.Share * 4294967296.0), uint.MaxValue);
    private readonly float _scale = (float)(1 / (1 - mask.Share));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Value(Vector512<float> z, nuint position) => Drop(default(TActivation).Value(z, position), position);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Slope(Vector512<float> z, nuint position) => Drop(default(TActivation).Slope(z, position), position);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Drop(Vector512<float> values, nuint position) => Vector512.ConditionalSelect(
        Vector512.GreaterThanOrEqual(Hash(position), Vector512.Create(_threshold)).AsSingle(),
        values * Vector512.Create(_scale),
        Vector512<float>.Zero);

    // A finaliser of two multiplications (constants: C. Wellons, "hash prospector"). The second half of the key comes in between:
    // with one half alone, the masks of two images could be the same one, shifted. Only the high bits decide, so the
    // usual last shift is left out.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<uint> Hash(nuint position)
    {
        Vector512<uint> hash = Vector512.Create(_first + (uint)position) + Vector512<uint>.Indices;
        hash = (hash ^ (hash >>> 16)) * Vector512.Create(0x7FEB352Du);
        hash ^= (hash >>> 15) ^ Vector512.Create(_second);
        return hash * Vector512.Create(0x846CA68Bu);
    }
}
