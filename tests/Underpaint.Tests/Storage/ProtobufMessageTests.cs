using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

/// <summary>The examples of Protocol Buffers' own description of the encoding.</summary>
public sealed class ProtobufMessageTests
{
    [Theory]
    [InlineData(1, 0L, "0800")]
    [InlineData(1, 127L, "087F")]
    [InlineData(1, 150L, "089601")]
    [InlineData(16, 1L, "800101")]
    [InlineData(1, -1L, "08FFFFFFFFFFFFFFFFFF01")]
    public void Whole_numbers_take_seven_bits_a_byte(int field, long value, string expected)
    {
        Assert.Equal(expected, Hex(new ProtobufMessage().Add(field, value)));
    }

    [Fact]
    public void Texts_numbers_and_messages_come_with_their_lengths()
    {
        ProtobufMessage message = new ProtobufMessage().Add(2, "testing").Add(3, new ProtobufMessage().Add(1, 150)).Add(6, [3, 270, 86942])
            .Add(7, 1f).Add(8, 1.0).AddBytes<float>(9, new[] { 1f, 2f });
        Assert.Equal("120774657374696E67" + "1A03089601" + "3206038E029EA705" + "3D0000803F" + "41000000000000F03F" + "4A080000803F00000040", Hex(message));
    }

    private static string Hex(ProtobufMessage message)
    {
        byte[] bytes = message.ToArray();
        Assert.Equal(message.Length, bytes.Length);
        return Convert.ToHexString(bytes);
    }
}
