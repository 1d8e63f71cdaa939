using Underpaint.Storage.Parquet;

namespace Underpaint.Tests.Storage.Parquet;

public sealed class LevelDecodingTests
{
    [Fact]
    public void Packed_bits_are_those_of_the_specification()
    {
        // 0 … 7 in three bits each: 10001000 11000110 11111010.
        var numbers = new int[8];
        LevelDecoding.Decode([3, 0x88, 0xC6, 0xFA], bits: 3, numbers);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], numbers);
    }

    [Fact]
    public void Runs_and_packed_bits_follow_each_other()
    {
        var numbers = new int[12];
        LevelDecoding.Decode([10, 1, 3, 0b10101010], bits: 1, numbers.AsSpan(0, 12));
        Assert.Equal([1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 1, 0], numbers);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 3, 1 })]
    [InlineData(new byte[] { 4, 1, 4 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255 })]
    public void Too_few_or_damaged_ones_are_refused(byte[] bytes) =>
        Assert.Throws<InvalidDataException>(() => LevelDecoding.Decode(bytes, bits: 2, new int[100]));
}
