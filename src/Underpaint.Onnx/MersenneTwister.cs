namespace Underpaint.Onnx;

/// <summary>MT19937 (Matsumoto and Nishimura 1998), libtorch's generator on the CPU: the same seed gives the same numbers.</summary>
internal sealed class MersenneTwister
{
    private const int Length = 624, Distance = 397;

    private readonly uint[] _state = new uint[Length];
    private int _next = Length;

    /// <summary>Starts the numbers.</summary>
    /// <param name="seed">The seed; as in libtorch, only its lower 32 bits count.</param>
    public MersenneTwister(ulong seed)
    {
        _state[0] = (uint)seed;
        for (uint i = 1; i < Length; i++)
            _state[i] = 1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30)) + i;
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextBits()
    {
        if (_next == Length)
            Twist();
        uint bits = _state[_next++];
        bits ^= bits >> 11;
        bits ^= (bits << 7) & 0x9D2C5680;
        bits ^= (bits << 15) & 0xEFC60000;
        return bits ^ (bits >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < Length; i++)
        {
            uint joined = (_state[i] & 0x80000000) | (_state[(i + 1) % Length] & 0x7FFFFFFF);
            _state[i] = _state[(i + Distance) % Length] ^ (joined >> 1) ^ ((joined & 1) * 0x9908B0DF);
        }
        _next = 0;
    }
}
