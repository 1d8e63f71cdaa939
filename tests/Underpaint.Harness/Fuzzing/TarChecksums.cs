namespace Underpaint.Harness.Fuzzing;

/// <summary>Makes the sums of a tar archive's headers right again, block by block; leaves anything else as it is.</summary>
internal static class TarChecksums
{
    private const int BlockBytes = 512, SumStart = 148, SumBytes = 8;

    public static byte[] Mend(byte[] tar)
    {
        for (int at = 0; at + BlockBytes <= tar.Length; at += BlockBytes)
        {
            Span<byte> block = tar.AsSpan(at, BlockBytes), field = block.Slice(SumStart, SumBytes);
            // Of what is in files, nothing looks like a sum.
            if (field[^1] != ' ' && field[^2] != 0)
                continue;
            if (!block.ContainsAnyExcept((byte)0))
                continue;
            field.Fill((byte)' ');
            int sum = 0;
            foreach (byte value in block)
                sum += value;
            for (int digit = 5; digit >= 0; digit--, sum >>= 3)
                field[digit] = (byte)('0' + (sum & 7));
            field[6] = 0;
        }
        return tar;
    }
}
