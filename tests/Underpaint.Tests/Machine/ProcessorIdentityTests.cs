using System.Runtime.Intrinsics.X86;
using Underpaint.Machine;

namespace Underpaint.Tests.Machine;

public sealed class ProcessorIdentityTests
{
    private static readonly (int Eax, int Ebx, int Ecx, int Edx) Amd = (16, 0x68747541, 0x444D4163, 0x69746E65);
    private static readonly (int Eax, int Ebx, int Ecx, int Edx) Intel = (32, 0x756E6547, 0x6C65746E, 0x49656E69);

    [Theory]
    [InlineData(0x00A10F11, "AuthenticAMD family 25 model 17")]
    [InlineData(0x00B00F21, "AuthenticAMD family 26 model 2")]
    public void A_family_beyond_15_is_told_in_two_parts(int signature, string kind) =>
        Assert.Equal(kind, ProcessorIdentity.KindOf(Amd, signature));

    [Theory]
    [InlineData(0x000806F8, "GenuineIntel family 6 model 143")]
    [InlineData(0x000C06F2, "GenuineIntel family 6 model 207")]
    [InlineData(0x00080543, "GenuineIntel family 5 model 4")]
    public void So_is_a_model_but_only_of_some_families(int signature, string kind) =>
        Assert.Equal(kind, ProcessorIdentity.KindOf(Intel, signature));

    [Fact]
    public void Another_stepping_is_the_same_kind() =>
        Assert.Equal(ProcessorIdentity.KindOf(Intel, 0x000806F4), ProcessorIdentity.KindOf(Intel, 0x000806F8));

    [Fact]
    public void Every_x64_processor_tells_its_kind() => Assert.Equal(X86Base.IsSupported, ProcessorIdentity.Kind is not null);
}
