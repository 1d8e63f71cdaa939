namespace Underpaint.Codes.Latents;

/// <summary>Codes in random order, again and again, each once in an epoch: which comes when is a function of the seed and the position alone.</summary>
/// <param name="codes">Whole codes one after the other.</param>
/// <param name="codeSize">Numbers in a code.</param>
/// <param name="seed">The recipe's seed.</param>
internal sealed class CodeStream(float[] codes, int codeSize, long seed)
{
    private readonly int _count = codes.Length / codeSize;
    private long _epoch = -1;
    private int[] _order = [];

    /// <summary>Some codes, one after the other.</summary>
    /// <param name="position">How many were drawn before.</param>
    /// <param name="count">How many.</param>
    public float[] Draw(long position, int count)
    {
        var drawn = new float[count * codeSize];
        for (int i = 0; i < count; i++)
            Array.Copy(codes, PlaceOf(position + i) * codeSize, drawn, i * codeSize, codeSize);
        return drawn;
    }

    private int PlaceOf(long position)
    {
        if (position / _count != _epoch)
        {
            _epoch = position / _count;
            _order = new RandomSource(seed, "shuffle", _epoch).NextOrder(_count);
        }
        return _order[position % _count];
    }
}
