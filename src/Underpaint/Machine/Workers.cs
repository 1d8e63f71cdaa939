using System.Runtime.ExceptionServices;
using TorchSharp;

namespace Underpaint.Machine;

/// <summary>
/// Threads that compute side by side, each with its share of the processor's cores for libtorch. The images of a batch are
/// divided among them instead of every single operation: then nobody waits between operations.
/// </summary>
public sealed class Workers : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Worker[] _others;
    private readonly int _threadsEach;
    private bool _isDisposed;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many; the calling thread of <see cref="Run"/> is one of them.</param>
    /// <param name="threads">Threads of libtorch for all of them together.</param>
    public Workers(int count, int threads)
    {
        _threadsEach = Math.Max(1, threads / count);
        _others = [.. Enumerable.Range(1, count - 1).Select(index => new Worker(index, _threadsEach))];
    }

    /// <summary>How many compute at once.</summary>
    public int Count => _others.Length + 1;

    /// <summary>As many workers as a batch can use: one per thread on the CPU, one for a GPU.</summary>
    /// <param name="device">Where to compute.</param>
    /// <param name="batch">Images in the largest batch.</param>
    public static Workers For(ComputeDevice device, int batch) => new(CountFor(device, batch), device.Threads);

    /// <summary>How many <see cref="For"/> starts.</summary>
    internal static int CountFor(ComputeDevice device, int batch) =>
        device.Device.type == DeviceType.CPU ? Math.Clamp(device.Threads, 1, Math.Max(1, batch)) : 1;

    /// <summary>Divides <paramref name="total"/> things evenly among the workers and waits until all are done.</summary>
    /// <param name="total">How many there are.</param>
    /// <param name="work">Is given the worker's number, the first thing and how many.</param>
    /// <exception cref="ObjectDisposedException">The threads have ended.</exception>
    public void Run(int total, Action<int, int, int> work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);

            Action Share(int worker)
            {
                int first = (int)((long)total * worker / Count), end = (int)((long)total * (worker + 1) / Count);
                return () =>
                {
                    if (end > first)
                        work(worker, first, end - first);
                };
            }

            foreach (Worker other in _others)
                other.Start(Share(other.Index));
            Exception? error = Alone(Share(0));
            foreach (Worker other in _others)
                error = other.Wait() ?? error;
            if (error is not null)
                ExceptionDispatchInfo.Throw(error);
        }
    }

    /// <summary>Ends the threads, once they have done what is under way.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            foreach (Worker other in _others)
                other.Dispose();
        }
    }

    // The calling thread takes part, with the threads of one worker, and then has its own again.
    private Exception? Alone(Action work)
    {
        int before = torch.get_num_threads();
        if (before != _threadsEach)
            torch.set_num_threads(_threadsEach);
        try
        {
            work();
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
        finally
        {
            if (before != _threadsEach)
                torch.set_num_threads(before);
        }
    }
}
