namespace Underpaint.Storage.Parquet;

/// <summary>Decodes parquet's mixture of runs and packed bits, in which levels and places in a dictionary are written.</summary>
internal static class LevelDecoding
{
    private const int MaxBits = 31;

    /// <summary>Decodes numbers.</summary>
    /// <param name="bytes">Where from.</param>
    /// <param name="bits">Bits of each number, 0 … 31.</param>
    /// <param name="numbers">Where to; all of it is filled.</param>
    /// <exception cref="InvalidDataException">There are not enough, or they are damaged.</exception>
    public static void Decode(ReadOnlySpan<byte> bytes, int bits, Span<int> numbers)
    {
        if (bits > MaxBits)
            throw new InvalidDataException("a column has levels of too many bits");
        int at = 0;
        while (!numbers.IsEmpty)
        {
            uint head = ReadHead(bytes, ref at);
            // A group of packed numbers is 8; what goes beyond the end only fills the last group.
            long length = (head & 1) == 0 ? head >> 1 : (head >> 1) * 8L;
            if (length == 0)
                throw new InvalidDataException("a column has an empty run");
            Span<int> run = numbers[..(int)Math.Min(length, numbers.Length)];
            if ((head & 1) == 0)
                run.Fill(ReadPlain(bytes, (bits + 7) / 8, ref at));
            else
                Unpack(Take(bytes, (head >> 1) * (long)bits, ref at), bits, run);
            numbers = numbers[run.Length..];
        }
    }

    /// <summary>Decodes places in a dictionary, before which their number of bits stands.</summary>
    /// <param name="bytes">Where from.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="values">How many values the dictionary has.</param>
    /// <exception cref="InvalidDataException">There are not enough, or they are damaged, or outside the dictionary.</exception>
    public static int[] DecodePlaces(ReadOnlySpan<byte> bytes, int count, int values)
    {
        var places = new int[count];
        if (count == 0)
            return places;
        if (bytes.IsEmpty)
            throw new InvalidDataException("a column is cut short");
        Decode(bytes[1..], bytes[0], places);
        return Array.TrueForAll(places, place => (uint)place < (uint)values)
            ? places
            : throw new InvalidDataException("a column has a value outside its dictionary");
    }

    private static void Unpack(ReadOnlySpan<byte> bytes, int bits, Span<int> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            int number = 0;
            for (int bit = 0; bit < bits; bit++)
            {
                long place = (long)i * bits + bit;
                number |= (bytes[(int)(place >> 3)] >> (int)(place & 7) & 1) << bit;
            }
            numbers[i] = number;
        }
    }

    private static int ReadPlain(ReadOnlySpan<byte> bytes, int width, ref int at)
    {
        ReadOnlySpan<byte> taken = Take(bytes, width, ref at);
        int number = 0;
        for (int i = 0; i < width; i++)
            number |= taken[i] << (8 * i);
        return number;
    }

    private static uint ReadHead(ReadOnlySpan<byte> bytes, ref int at)
    {
        uint head = 0;
        for (int shift = 0; shift < 32; shift += 7)
        {
            byte next = Take(bytes, 1, ref at)[0];
            head |= (uint)(next & 127) << shift;
            if (next < 128)
                return head;
        }
        throw new InvalidDataException("a column has a number without an end");
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, long count, ref int at)
    {
        if (count > bytes.Length - at)
            throw new InvalidDataException("a column is cut short");
        at += (int)count;
        return bytes.Slice(at - (int)count, (int)count);
    }
}
