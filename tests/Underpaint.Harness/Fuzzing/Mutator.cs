using System.Buffers.Binary;

namespace Underpaint.Harness.Fuzzing;

/// <summary>Mutated inputs: number n of a target is a pure function of (seed, target, n), so that a number is enough to repeat it.</summary>
internal static class Mutator
{
    private const int MostChanges = 4;
    private const int LongestPiece = 64;
    private const int LongestInput = 1 << 18;

    private static readonly uint[] Numbers =
        [0, 1, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, uint.MaxValue];

    /// <summary>One input.</summary>
    public static byte[] Mutate(FuzzTarget target, long seed, long number)
    {
        var random = new RandomSource(seed, target.Name, number);
        var input = new List<byte>(Pick(target.Seeds, random));
        for (int change = random.NextInt(MostChanges); change >= 0; change--)
            Change(input, target, random);
        byte[] bytes = [.. input.Take(LongestInput)];
        return random.NextInt(2) == 0 ? target.Mend(bytes) : bytes;
    }

    private static void Change(List<byte> input, FuzzTarget target, RandomSource random)
    {
        int at = random.NextInt(input.Count + 1);
        int length = Math.Min(random.NextInt(LongestPiece) + 1, input.Count - at);
        switch (random.NextInt(10))
        {
            case 0 when length > 0: input[at] ^= (byte)(1 << random.NextInt(8)); break;
            case 1 when length > 0: input[at] = (byte)random.NextInt(256); break;
            case 2: Overwrite(input, at, Number(random)); break;
            case 3: input.RemoveRange(at, length); break;
            case 4: input.InsertRange(at, input.GetRange(at, length)); break;
            case 5: input.RemoveRange(at, input.Count - at); break;
            case 6 when target.Words.Count > 0: input.InsertRange(at, Pick(target.Words, random)); break;
            case 7 when target.Words.Count > 0: Overwrite(input, at, Pick(target.Words, random)); break;
            case 8: Splice(input, at, Pick(target.Seeds, random), random); break;
            default: Repeat(input, at, length, random); break;
        }
    }

    private static byte[] Number(RandomSource random)
    {
        uint number = Numbers[random.NextInt(Numbers.Length)];
        var bytes = new byte[4];
        if (random.NextInt(2) == 0)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        else
            BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return random.NextInt(2) == 0 ? bytes : bytes[..2];
    }

    private static void Overwrite(List<byte> input, int at, byte[] piece)
    {
        input.RemoveRange(at, Math.Min(piece.Length, input.Count - at));
        input.InsertRange(at, piece);
    }

    // The beginning of this input and the end of another.
    private static void Splice(List<byte> input, int at, byte[] other, RandomSource random)
    {
        input.RemoveRange(at, input.Count - at);
        input.AddRange(other.AsSpan(random.NextInt(other.Length + 1)));
    }

    private static void Repeat(List<byte> input, int at, int length, RandomSource random)
    {
        List<byte> piece = input.GetRange(at, length);
        for (int times = 1 << random.NextInt(8); times > 0 && input.Count < LongestInput; times--)
            input.InsertRange(at, piece);
    }

    private static T Pick<T>(IReadOnlyList<T> all, RandomSource random) => all[random.NextInt(all.Count)];
}
