namespace Underpaint.Data.Images;

/// <summary>Takes an image line by line: all its rows from side to side, or all its columns from top to bottom.</summary>
internal interface ILineTaker
{
    /// <summary>Takes one line. Each comes once, in any order.</summary>
    /// <param name="index">The row's or column's number.</param>
    /// <param name="line">Its pixels, channels interleaved; valid only during the call.</param>
    void Take(int index, ReadOnlySpan<byte> line);
}
