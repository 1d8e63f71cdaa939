using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Underpaint.Machine;

/// <summary>The processor's vector instructions that matter for speed.</summary>
internal static class VectorSupport
{
    /// <summary>Whether it multiplies bfloat16 numbers. .NET has no class for that: the processor is asked itself (leaf 7, sub-leaf 1, EAX bit 5).</summary>
    public static bool HasBFloat16 { get; } =
        Avx512F.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 && (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0;

    /// <summary>Their names, narrowest first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Find()];

    private static IEnumerable<string> Find()
    {
        if (AdvSimd.IsSupported)
            yield return "NEON";
        if (Avx2.IsSupported)
            yield return "AVX2";
        if (Avx512F.IsSupported)
            yield return "AVX-512";
        if (HasBFloat16)
            yield return "AVX512-BF16";
    }
}
