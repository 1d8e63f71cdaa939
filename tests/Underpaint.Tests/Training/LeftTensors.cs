using static TorchSharp.torch;

namespace Underpaint.Tests.Training;

/// <summary>
/// Counts the tensors that steps leave behind, before the garbage collector can hide them. What others have left it must not count, so
/// it is collected before each step, and a step during which something was collected tells nothing.
/// </summary>
internal sealed class LeftTensors
{
    // What is made once and for all is made in the first steps.
    private const int FirstSteps = 2;

    private readonly List<long> _left = [];
    private int _looks;
    private long _before;
    private int _collections;

    /// <summary>How many tensors each step left.</summary>
    public IReadOnlyList<long> Counts => _left;

    /// <summary>How many tensors there are that somebody can still use.</summary>
    public static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Tensor.TotalCount;
    }

    /// <summary>To be called after each step.</summary>
    public void Look()
    {
        long now = Tensor.TotalCount;
        if (++_looks > FirstSteps && GC.CollectionCount(0) == _collections)
            _left.Add(now - _before);
        (_before, _collections) = (Live(), GC.CollectionCount(0));
    }
}
