using Underpaint.Storage;

namespace Underpaint.Tests.Runs;

public sealed class GarbageCollectionTests : IDisposable
{
    // The moment has to be met: between an operation's call and its first look at the number that it was given.
    // With temporary numbers on the training path, 40 rounds always failed.
    private const int Rounds = 4;

    private readonly SmallRun _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Garbage_that_is_collected_all_the_time_changes_no_bit()
    {
        RunFolder quiet = _runs.Start("quiet");
        Assert.True(SmallRun.Train(quiet));
        using var over = new CancellationTokenSource();
        var collecting = new Thread(() =>
        {
            while (!over.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collecting.Start();
        try
        {
            for (int round = 0; round < Rounds; round++)
            {
                RunFolder busy = _runs.Start($"busy-{round}");
                Assert.True(SmallRun.Train(busy));
                Assert.Equal(SmallRun.Hash(quiet), SmallRun.Hash(busy));
            }
        }
        finally
        {
            over.Cancel();
            collecting.Join();
        }
    }
}
