using System.Collections.Concurrent;
using TorchSharp;
using Underpaint.Machine;

namespace Underpaint.Tests.Machine;

public class WorkersTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 5)]
    [InlineData(3, 2)]
    [InlineData(4, 0)]
    public void Everything_is_done_once(int count, int total)
    {
        using var workers = new Workers(count, threads: count);
        var done = new ConcurrentBag<int>();
        workers.Run(total, (_, first, length) =>
        {
            for (int i = first; i < first + length; i++)
                done.Add(i);
        });
        Assert.Equal(Enumerable.Range(0, total), done.Order());
    }

    [Fact]
    public void They_work_at_the_same_time()
    {
        using var workers = new Workers(3, threads: 3);
        using var all = new Barrier(3);
        workers.Run(3, (_, _, _) => Assert.True(all.SignalAndWait(TimeSpan.FromSeconds(20))));
    }

    [Fact]
    public void Each_has_its_share_of_threads_and_the_caller_has_its_own_back()
    {
        int before = torch.get_num_threads();
        using var workers = new Workers(2, threads: 6);
        var threads = new ConcurrentBag<int>();
        workers.Run(2, (_, _, _) => threads.Add(torch.get_num_threads()));
        Assert.Equal([3, 3], threads);
        Assert.Equal(before, torch.get_num_threads());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void An_error_of_any_of_them_reaches_the_caller_and_the_next_work_is_done(int culprit)
    {
        using var workers = new Workers(2, threads: 2);
        Assert.Throws<InvalidOperationException>(() => workers.Run(2, (worker, _, _) =>
        {
            if (worker == culprit)
                throw new InvalidOperationException();
        }));
        int done = 0;
        workers.Run(2, (_, _, count) => Interlocked.Add(ref done, count));
        Assert.Equal(2, done);
    }
}
