namespace Underpaint.Storage.Torch;

/// <summary>The values that a pickle has made and not yet used, with marks between them.</summary>
/// <param name="input">Where the values come from, for errors.</param>
internal sealed class PickleStack(PickleInput input)
{
    private readonly List<PickleValue> _values = [];
    private readonly Stack<int> _marks = new();

    /// <summary>How many values there are.</summary>
    public int Count => _values.Count;

    /// <summary>How many marks there are.</summary>
    public int Marks => _marks.Count;

    /// <summary>The topmost value; it stays.</summary>
    public PickleValue Top => Count > Floor ? _values[^1] : throw Underflow();

    // An instruction without a mark must not reach below the last one.
    private int Floor => _marks.TryPeek(out int mark) ? mark : 0;

    /// <summary>Puts a value on top.</summary>
    public void Push(PickleValue value) => _values.Add(value);

    /// <summary>Puts a mark on top.</summary>
    public void Mark() => _marks.Push(Count);

    /// <summary>Takes the topmost value.</summary>
    public PickleValue Pop()
    {
        PickleValue top = Top;
        _values.RemoveAt(Count - 1);
        return top;
    }

    /// <summary>Takes some of the topmost values, in the order in which they were put.</summary>
    public PickleValue[] Pop(int count) => Count - count >= Floor ? TakeFrom(Count - count) : throw Underflow();

    /// <summary>Takes the last mark and everything above it.</summary>
    public PickleValue[] PopToMark() =>
        _marks.TryPop(out int mark) ? TakeFrom(mark) : throw input.Broken("closes a group of values that it never opened");

    private PickleValue[] TakeFrom(int start)
    {
        PickleValue[] taken = [.. _values[start..]];
        _values.RemoveRange(start, taken.Length);
        return taken;
    }

    private FileFormatException Underflow() => input.Broken("uses a value that it never made");
}
