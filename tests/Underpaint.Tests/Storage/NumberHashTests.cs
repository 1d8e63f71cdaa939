using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

public sealed class NumberHashTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((1 << 20) + 3)]
    public void It_is_that_of_all_bytes_at_once_however_they_are_divided(int count)
    {
        float[] numbers = [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i))];
        string expected = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(numbers)));
        Assert.Equal(expected, NumberHash.Of(numbers));
        Assert.Equal(expected, NumberHash.Of(numbers[..(count / 2)], numbers[(count / 2)..]));
    }

    // Two gigabytes are hashed for ten seconds: `-explicit only -class "*NumberHashTests"` runs it.
    [Fact(Explicit = true)]
    public void More_numbers_than_two_gigabytes_hold_have_one_too()
    {
        // What `head -c 2147483652 /dev/zero | sha256sum` says; zeros that nobody writes take no memory.
        Assert.Equal("1552c80336a2d8bcf1a1a9be9a1d0d041802f89466965a0ba84b88e14a06f910", NumberHash.Of(new float[(1 << 29) + 1]));
    }
}
