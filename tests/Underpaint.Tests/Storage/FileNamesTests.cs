using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("cat", "cat")]
    [InlineData("birds/blue tit", "birds-blue-tit")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("C:\\windows\\x", "C-windows-x")]
    [InlineData("..", "image")]
    [InlineData("", "image")]
    [InlineData("a\0b\nc", "a-b-c")]
    [InlineData("größe.v2", "größe.v2")]
    public void A_name_from_outside_becomes_one_that_leads_nowhere(string name, string expected) =>
        Assert.Equal(expected, FileNames.Plain(name));

    [Fact]
    public void Of_a_long_name_the_end_is_kept() =>
        Assert.Equal(new string('b', 100), FileNames.Plain(new string('a', 500) + new string('b', 100)));

    [Fact]
    public void A_long_name_of_characters_that_take_three_bytes_leaves_room_for_an_ending() =>
        Assert.Equal(new string('鳥', 66), FileNames.Plain(new string('猫', 34) + new string('鳥', 66)));
}
