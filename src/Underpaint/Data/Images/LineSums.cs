namespace Underpaint.Data.Images;

/// <summary>Weighted sums of whole lines that come one by one. Only the sums that have begun and are not yet complete take memory.</summary>
internal sealed class LineSums
{
    private readonly Tap[] _taps;
    private readonly int _length;
    private readonly Receiver _receive;
    private readonly int[]?[] _sums;
    private readonly int[] _missing;
    private readonly Stack<int[]> _unused = [];
    private readonly byte[] _rounded;

    /// <summary>Prepares for the lines.</summary>
    /// <param name="taps">Which lines make which outputs; all of them must come, each once.</param>
    /// <param name="length">Values in a line.</param>
    /// <param name="receive">Is given each output as soon as it is complete.</param>
    public LineSums(Tap[] taps, int length, Receiver receive)
    {
        (_taps, _length, _receive) = (taps, length, receive);
        _sums = new int[taps.Length][];
        _missing = [.. taps.Select(tap => tap.Weights.Length)];
        _rounded = new byte[length];
    }

    /// <summary>Takes an output; the line is valid only during the call.</summary>
    public delegate void Receiver(int output, ReadOnlySpan<byte> line);

    /// <summary>Whether any output is made of this line.</summary>
    public bool Wants(int index) => index >= _taps[0].First && index < _taps[^1].End;

    /// <summary>Adds a line to all outputs that it is part of.</summary>
    public void Add(int index, ReadOnlySpan<byte> line)
    {
        for (int output = FirstWith(index); output < _taps.Length && _taps[output].First <= index; output++)
        {
            int[] sums = _sums[output] ??= Begin();
            AddTo(sums, _taps[output].Weights[index - _taps[output].First], line);
            if (--_missing[output] == 0)
                Complete(output, sums);
        }
    }

    private static void AddTo(Span<int> sums, int weight, ReadOnlySpan<byte> line)
    {
        line = line[..sums.Length];
        for (int i = 0; i < sums.Length; i++)
            sums[i] += weight * line[i];
    }

    private int[] Begin()
    {
        int[] sums = _unused.TryPop(out int[]? unused) ? unused : new int[_length];
        Array.Fill(sums, Tap.Half);
        return sums;
    }

    private void Complete(int output, int[] sums)
    {
        for (int i = 0; i < sums.Length; i++)
            _rounded[i] = Tap.Rounded(sums[i]);
        _receive(output, _rounded);
        _sums[output] = null;
        _unused.Push(sums);
    }

    /// <summary>The first output whose inputs do not all come before the line.</summary>
    private int FirstWith(int index)
    {
        int low = 0, high = _taps.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_taps[middle].End <= index)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
