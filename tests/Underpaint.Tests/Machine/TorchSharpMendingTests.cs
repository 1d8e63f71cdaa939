using Underpaint.Machine;

namespace Underpaint.Tests.Machine;

public class TorchSharpMendingTests
{
    private const string Version = "GLIBCXX_3.4.32";

    [Theory]
    [InlineData(null, true, "needs no mending", false)]
    [InlineData(null, false, "needs no mending", false)]
    [InlineData(false, true, "mended; this system's C++ library has", false)]
    [InlineData(false, false, "mended; this system's C++ library lacks", false)]
    [InlineData(true, true, "not mended, and need not be", false)]
    [InlineData(true, false, "not mended: this system's C++ library lacks", true)]
    public void Only_a_demand_that_the_system_does_not_meet_is_a_problem(bool? isDemanded, bool isThere, string value, bool isProblem)
    {
        MachineCheck check = TorchSharpMending.Of(isDemanded, isThere);
        Assert.StartsWith(value, check.Value, StringComparison.Ordinal);
        Assert.Equal(isProblem, check.Remedy is not null);
        Assert.Equal(isProblem, !new MachineReport([check]).IsUsable);
    }

    [Fact]
    public void A_demand_is_found_and_told_from_a_weak_one_and_from_none()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux's library");
        byte[] library = File.ReadAllBytes(TorchLibrary.BindingFile!);
        Assert.False(SymbolVersion.IsDemanded(library, Version));
        Assert.Null(SymbolVersion.IsDemanded(library, "GLIBCXX_9.9.99"));
        Assert.True(SymbolVersion.IsDemanded(library, "GLIBCXX_3.4"));

        // As it came in the package.
        library[SymbolVersion.FlagsOf(library, Version)!.Value] &= 0xFD;
        Assert.True(SymbolVersion.IsDemanded(library, Version));
    }

    [Fact]
    public void A_file_that_is_no_library_or_is_cut_off_demands_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux's library");
        byte[] library = File.ReadAllBytes(TorchLibrary.BindingFile!);
        Assert.Null(SymbolVersion.IsDemanded([], Version));
        Assert.Null(SymbolVersion.IsDemanded(new byte[1000], Version));
        foreach (int length in new[] { 65, 1000, library.Length / 2 })
            Assert.Null(SymbolVersion.IsDemanded(library.AsSpan(0, length), Version));
    }
}
