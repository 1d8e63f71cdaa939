using Underpaint.Harness.Fuzzing;

namespace Underpaint.Tests.Fuzzing;

/// <summary>A short version of what the harness does with millions of inputs.</summary>
public sealed class FuzzingTests : IDisposable
{
    private const int Inputs = 2000;
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names
    {
        get
        {
            using var folder = new TemporaryFolder();
            return [.. FuzzTargets.All(folder.Path).Select(target => target.Name)];
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Good_inputs_are_read(string target) =>
        Assert.True(Find(target) is var reader && reader.Seeds.Any(seed => Record.Exception(() => reader.Read(seed)) is null));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mutated_input_is_read_or_refused_as_documented_in_time_and_within_memory(string target)
    {
        FuzzReport report = FuzzLoop.Run(Find(target), seed: 1, first: 0, Inputs);
        Assert.True(report.Failures is [], string.Join("\n", report.Failures.Select(failure => failure.Details)));
        Assert.True(report.Accepted > 0 && report.Refused > 0, $"{report}");
    }

    [Fact]
    public void The_same_number_is_the_same_input()
    {
        FuzzTarget target = Find("image");
        Assert.All(Enumerable.Range(0, 50), n => Assert.Equal(Mutator.Mutate(target, 1, n), Mutator.Mutate(target, 1, n)));
        Assert.NotEqual(Mutator.Mutate(target, 1, 0), Mutator.Mutate(target, 2, 0));
    }

    [Fact]
    public void A_reader_that_breaks_its_promises_is_caught()
    {
        var careless = new FuzzTarget("careless", [[1, 2, 3]], input => _ = input[2]);
        FuzzFailure failure = FuzzLoop.Run(careless, seed: 1, first: 0, 200).Failures[0];
        Assert.StartsWith("IndexOutOfRangeException", failure.Cause);
        var greedy = new FuzzTarget("greedy", [[1]], _ => GC.KeepAlive(new byte[FuzzLoop.MostMemory + 1]));
        Assert.Equal("memory", FuzzLoop.CauseOf(greedy, [1]));
    }

    [Fact]
    public void Whatever_failed_once_does_not_fail_again()
    {
        IReadOnlyList<FuzzTarget> targets = FuzzTargets.All(_folder.Path);
        string kept = Path.Combine(AppContext.BaseDirectory, "Fuzzing", "Regressions");
        foreach (string path in Directory.EnumerateFiles(kept, "*", SearchOption.AllDirectories))
        {
            FuzzTarget target = targets.Single(target => target.Name == Path.GetFileName(Path.GetDirectoryName(path)));
            string? cause = FuzzLoop.CauseOf(target, File.ReadAllBytes(path));
            Assert.True(cause is null, $"{path}: {cause}");
        }
    }

    private FuzzTarget Find(string name)
    {
        string folder = Directory.CreateDirectory(_folder.File(Path.GetRandomFileName())).FullName;
        return FuzzTargets.All(folder).Single(target => target.Name == name);
    }
}
