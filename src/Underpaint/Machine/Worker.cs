using TorchSharp;

namespace Underpaint.Machine;

/// <summary>One thread of <see cref="Workers"/>, which sleeps until it is given work.</summary>
internal sealed class Worker : IDisposable
{
    private readonly SemaphoreSlim _start = new(0), _done = new(0);
    private readonly Thread _thread;
    private readonly int _torchThreads;
    private Action? _work;
    private Exception? _error;

    public Worker(int index, int torchThreads)
    {
        (Index, _torchThreads) = (index, torchThreads);
        _thread = new(Loop) { IsBackground = true, Name = $"Worker {index}" };
        _thread.Start();
    }

    public int Index { get; }

    public void Start(Action work)
    {
        (_work, _error) = (work, null);
        _start.Release();
    }

    /// <summary>Waits until the work is done, and tells what went wrong with it.</summary>
    public Exception? Wait()
    {
        _done.Wait();
        return _error;
    }

    public void Dispose()
    {
        _work = null;
        _start.Release();
        _thread.Join();
        _start.Dispose();
        _done.Dispose();
    }

    private void Loop()
    {
        // The first question makes libtorch give this thread the number that was last set anywhere; only then does ours stay.
        _ = torch.get_num_threads();
        torch.set_num_threads(_torchThreads);
        while (true)
        {
            _start.Wait();
            if (_work is not { } work)
                return;
            try
            {
                work();
            }
            catch (Exception error)
            {
                _error = error;
            }
            _done.Release();
        }
    }
}
