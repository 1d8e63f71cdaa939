using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Underpaint.Machine;

/// <summary>
/// Which processor this is. Its vector instructions do not say enough: the same judge, trained on AMD Zen 4, AMD Zen 5 and Intel Emerald Rapids, which
/// have the same ones, came out as three different files.
/// </summary>
internal static class ProcessorIdentity
{
    /// <summary>Its maker, family and model, as it tells them itself: "AuthenticAMD family 26 model 2". Null where it is no x64 one.</summary>
    public static string? Kind { get; } = X86Base.IsSupported ? KindOf(X86Base.CpuId(0, 0), X86Base.CpuId(1, 0).Eax) : null;

    /// <summary>The kind that an x64 processor tells.</summary>
    /// <param name="maker">Leaf 0: twelve letters in EBX, EDX and ECX.</param>
    /// <param name="signature">Leaf 1, EAX: four bits each for stepping, model and family, and where these are too few, more for model and family.</param>
    public static string KindOf((int Eax, int Ebx, int Ecx, int Edx) maker, int signature)
    {
        ReadOnlySpan<int> letters = [maker.Ebx, maker.Edx, maker.Ecx];
        int family = (signature >> 8) & 0xF, model = (signature >> 4) & 0xF;
        if (family is 6 or 15)
            model += ((signature >> 16) & 0xF) << 4;
        if (family is 15)
            family += (signature >> 20) & 0xFF;
        return $"{Encoding.ASCII.GetString(MemoryMarshal.AsBytes(letters))} family {family} model {model}";
    }
}
