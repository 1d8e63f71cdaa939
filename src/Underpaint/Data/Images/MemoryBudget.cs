namespace Underpaint.Data.Images;

/// <summary>Memory that all threads of the process share: who wants more than is left waits, each in turn.</summary>
/// <param name="bytes">How much there is. Who wants more than that gets it as soon as nobody else has any.</param>
internal sealed class MemoryBudget(long bytes)
{
    private readonly object _gate = new();
    private long _taken, _tickets, _served;

    /// <summary>What images may take while they are decoded, all together: as much as one may by itself.</summary>
    public static MemoryBudget Decoding { get; } = new(DecodeLimits.Default.MaxMemory);

    /// <summary>Takes some, when it is there.</summary>
    /// <param name="wanted">How many bytes.</param>
    /// <returns>Dispose it to give them back.</returns>
    public IDisposable Take(long wanted)
    {
        lock (_gate)
        {
            // In turn, so that small ones, of which there are always some, do not keep a large one waiting for ever.
            long ticket = _tickets++;
            while (ticket != _served || (_taken > 0 && _taken + wanted > bytes))
                Monitor.Wait(_gate);
            _served++;
            _taken += wanted;
            Monitor.PulseAll(_gate);
        }
        return new Share(this, wanted);
    }

    private void GiveBack(long amount)
    {
        lock (_gate)
        {
            _taken -= amount;
            Monitor.PulseAll(_gate);
        }
    }

    private sealed class Share(MemoryBudget budget, long amount) : IDisposable
    {
        public void Dispose() => budget.GiveBack(amount);
    }
}
