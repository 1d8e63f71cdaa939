using FsCheck;
using FsCheck.Fluent;
using Underpaint.Kernels;

namespace Underpaint.Tests.Kernels;

public class ResidualSumTests
{
    [Fact]
    public void Every_number_is_added_and_rounded_once() => Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 100).ToArbitrary(), length =>
    {
        AssertSums<Float32Element>(length);
        AssertSums<BFloat16Element>(length);
    }));

    [Fact]
    public void Other_lengths_are_refused() =>
        Assert.Throws<ArgumentException>(() => ResidualSum.AddInto<Float32Element>(new Float32Element[3], new Float32Element[4]));

    private static void AssertSums<T>(int length) where T : unmanaged, IElement<T>
    {
        T[] x = [.. Enumerable.Range(0, length).Select(i => T.FromSingle(MathF.Sin(i)))];
        T[] y = [.. Enumerable.Range(0, length).Select(i => T.FromSingle(MathF.Cos(3 * i)))];
        T[] expected = [.. x.Zip(y, (a, b) => T.FromSingle(T.ToSingle(a) + T.ToSingle(b)))];
        ResidualSum.AddInto<T>(x, y);
        Assert.Equal(expected, y);
    }
}
