using Underpaint.Codes;
using Underpaint.Codes.Files;

namespace Underpaint.Tests.Codes.Files;

public sealed class CodeJournalTests : IDisposable
{
    private const int Batches = 3, PerBatch = 4, StochasticFrame = 2 * sizeof(int) + PerBatch * 12 * sizeof(float);
    private readonly TemporaryFolder _folder = new();
    private readonly SampleCodes _codes = new(count: Batches * PerBatch, exact: true);

    public void Dispose()
    {
        _codes.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_was_added_is_read_again_with_or_without_stochastic_codes()
    {
        GoOn();
        using CodeJournal journal = Open();
        Assert.Equal((Batches * PerBatch, Batches * PerBatch * 2), (journal.Count, journal.Next));
        foreach (CodeParts parts in new[] { CodeParts.None, CodeParts.Codes, CodeParts.StochasticCodes, CodeParts.All })
            Assert.Equivalent(RowGroups.Of(_codes.Read(parts: parts), PerBatch).ToArray(), journal.Read(parts: parts).ToArray(), strict: true);
    }

    [Fact]
    public void Cut_anywhere_it_goes_on_after_the_last_batch_of_which_codes_and_stochastic_codes_are_whole()
    {
        GoOn();
        byte[] whole = File.ReadAllBytes(Path);
        for (int left = whole.Length; left >= 0; left -= 17)
        {
            File.WriteAllBytes(Path, whole[..left]);
            using (CodeJournal journal = Open())
            {
                Assert.Equal(0, journal.Count % PerBatch);
                Assert.Equal(journal.Count, journal.Read().Sum(rows => rows.StochasticCodes.Length / 12));
            }
            GoOn();
            Assert.Equal(whole, File.ReadAllBytes(Path));
        }
    }

    [Theory]
    [InlineData(0, Batches)]
    [InlineData(StochasticFrame, Batches - 1)]
    public void Zeros_that_a_power_cut_left_are_cut_off(int lost, int batches)
    {
        GoOn();
        byte[] whole = File.ReadAllBytes(Path);
        File.WriteAllBytes(Path, [.. whole[..^lost], .. new byte[lost + 100]]);
        using (CodeJournal journal = Open())
            Assert.Equal(batches * PerBatch, journal.Count);
        GoOn();
        Assert.Equal(whole, File.ReadAllBytes(Path));
    }

    private string Path => _folder.File("codes.part");

    private CodeJournal Open() => CodeJournal.Open(Path, CodeHeader.Unfinished(_codes.Origin, _codes.LabelNames));

    // To the end, from the first batch that is missing on.
    private void GoOn()
    {
        using CodeJournal journal = Open();
        foreach (CodeRows rows in RowGroups.Of(_codes.Read(), PerBatch).Skip(journal.Count / PerBatch))
            journal.Add(rows, journal.Next + 2 * PerBatch);
    }
}
