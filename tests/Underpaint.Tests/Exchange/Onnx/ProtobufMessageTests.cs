using Underpaint.Exchange.Onnx;

namespace Underpaint.Tests.Exchange.Onnx;

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
        var message = new ProtobufMessage();
        message.Add(field, value);
        Assert.Equal(expected, Hex(message));
    }

    [Fact]
    public void Texts_numbers_and_messages_come_with_their_lengths()
    {
        ProtobufMessage inner = new(), outer = new();
        inner.Add(1, 150);
        outer.Add(2, "testing");
        outer.Add(3, inner);
        outer.Add(6, [3, 270, 86942]);
        outer.Add(7, 1f);
        outer.AddBytes<float>(9, new[] { 1f, 2f });
        Assert.Equal("120774657374696E67" + "1A03089601" + "3206038E029EA705" + "3D0000803F" + "4A080000803F00000040", Hex(outer));
    }

    private static string Hex(ProtobufMessage message)
    {
        using var stream = new MemoryStream();
        message.WriteTo(stream);
        Assert.Equal(message.Length, stream.Length);
        return Convert.ToHexString(stream.ToArray());
    }
}
