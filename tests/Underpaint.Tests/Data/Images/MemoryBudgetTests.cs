using Underpaint.Data.Images;

namespace Underpaint.Tests.Data.Images;

public class MemoryBudgetTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30), Short = TimeSpan.FromMilliseconds(50);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_wants_more_than_is_left_waits_until_enough_was_given_back()
    {
        var budget = new MemoryBudget(10);
        IDisposable first = budget.Take(4), second = budget.Take(6);
        Task<IDisposable> third = Task.Run(() => budget.Take(5), Stop);
        first.Dispose();
        await Assert.ThrowsAsync<TimeoutException>(() => third.WaitAsync(Short, Stop));
        second.Dispose();
        (await third.WaitAsync(Long, Stop)).Dispose();
    }

    [Fact]
    public async Task Small_ones_do_not_overtake_a_large_one_that_waits()
    {
        var budget = new MemoryBudget(10);
        IDisposable first = budget.Take(4);
        Task<IDisposable> large = Task.Run(() => budget.Take(10), Stop);
        await Assert.ThrowsAsync<TimeoutException>(() => large.WaitAsync(Short, Stop));
        Task<IDisposable> small = Task.Run(() => budget.Take(1), Stop);
        await Assert.ThrowsAsync<TimeoutException>(() => small.WaitAsync(Short, Stop));
        first.Dispose();
        (await large.WaitAsync(Long, Stop)).Dispose();
        (await small.WaitAsync(Long, Stop)).Dispose();
    }

    [Fact]
    public async Task More_than_there_is_is_had_alone()
    {
        var budget = new MemoryBudget(10);
        IDisposable large = budget.Take(99);
        Task<IDisposable> other = Task.Run(() => budget.Take(1), Stop);
        await Assert.ThrowsAsync<TimeoutException>(() => other.WaitAsync(Short, Stop));
        large.Dispose();
        (await other.WaitAsync(Long, Stop)).Dispose();
    }
}
