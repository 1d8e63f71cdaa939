using Underpaint.Machine;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Tests.Networks;

public sealed class DerivedWeightsTests : IDisposable
{
    private readonly WeightSet _set = new(Precision.BFloat16);
    private readonly DerivedWeights _doubled;
    private int _made;

    public DerivedWeightsTests()
    {
        Weight weight = _set.Root.Declare("weight", WeightInitialization.Uniform(3), 3);
        _doubled = _set.Root.Derive(() =>
        {
            Interlocked.Increment(ref _made);
            Thread.Sleep(20);
            return [weight.Value + weight.Value];
        });
        _set.Initialize(seed: 1);
    }

    public void Dispose() => _set.Dispose();

    [Fact]
    public void They_are_made_once_for_each_change_and_type()
    {
        Assert.Equal(_set.ToArray().Select(weight => 2 * weight), Numbers());
        Numbers();
        Assert.Equal(1, _made);
        Assert.Equal(ScalarType.BFloat16, _doubled.As(ScalarType.BFloat16)[0].dtype);
        Assert.Equal(2, _made);
        _set.Load([1, 2, 3]);
        Assert.Equal([2, 4, 6], Numbers());
        Assert.Equal(3, _made);
    }

    [Fact]
    public void Threads_that_ask_at_once_share_what_one_of_them_makes()
    {
        for (int change = 1; change <= 5; change++)
        {
            _set.Round();
            using var together = new Barrier(4);
            Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
            {
                together.SignalAndWait();
                _doubled.As(ScalarType.Float32);
            }))];
            foreach (Thread thread in threads)
                thread.Start();
            foreach (Thread thread in threads)
                thread.Join();
            Assert.Equal(change, _made);
        }
    }

    private float[] Numbers() => [.. _doubled.As(ScalarType.Float32)[0].data<float>()];
}
