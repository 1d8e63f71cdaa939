using Underpaint.Runs;

namespace Underpaint.Tests.Runs;

public sealed class RunEnvironmentTests
{
    private static readonly RunEnvironment Here = new()
    {
        Underpaint = "0.1.0",
        Torch = "2.10.0",
        DotNet = ".NET 10",
        System = "Linux X64",
        Processor = "AVX2 AVX-512",
        ProcessorKind = "GenuineIntel family 6 model 143",
        Device = "cpu",
        Threads = 2,
        Data = "photos",
        TrainingImages = 9,
        ValidationImages = 1,
    };

    [Fact]
    public void Another_processor_with_the_same_instructions_is_told() =>
        Assert.Equal(["kind of processor was AuthenticAMD family 26 model 2, now GenuineIntel family 6 model 143"],
            Here.DifferencesFrom(Here with { ProcessorKind = "AuthenticAMD family 26 model 2" }));

    [Fact]
    public void A_kind_that_only_one_side_knows_is_not_compared()
    {
        RunEnvironment other = Here with { ProcessorKind = null };
        Assert.Empty(Here.DifferencesFrom(other));
        Assert.Empty(other.DifferencesFrom(Here));
    }

    [Fact]
    public void Instructions_are_compared_also_where_the_kind_is_not_known() =>
        Assert.Equal(["processor was AVX2, now AVX2 AVX-512"], Here.DifferencesFrom(Here with { Processor = "AVX2", ProcessorKind = null }));
}
