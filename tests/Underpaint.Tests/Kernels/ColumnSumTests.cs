using FsCheck;
using FsCheck.Fluent;
using Underpaint.Kernels;

namespace Underpaint.Tests.Kernels;

public class ColumnSumTests
{
    [Fact]
    public void Every_column_is_added_to_what_was_there() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 70).ToArbitrary(), Gen.Choose(0, 150).ToArbitrary(), (columns, rows) =>
        {
            AssertSums<Float32Element>(columns, rows);
            AssertSums<BFloat16Element>(columns, rows);
        }));

    [Fact]
    public void Parts_of_rows_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ColumnSum.Add<Float32Element>(new Float32Element[7], new float[3]));
        Assert.Throws<ArgumentException>(() => ColumnSum.Add<Float32Element>([], []));
    }

    private static void AssertSums<T>(int columns, int rows) where T : unmanaged, IElement<T>
    {
        // Small whole numbers: every sum is exact.
        T[] matrix = [.. Enumerable.Range(0, rows * columns).Select(i => T.FromSingle(i * 31 % 17 - 8))];
        float[] sums = [.. Enumerable.Range(0, columns).Select(column => (float)column)];
        ColumnSum.Add<T>(matrix, sums);
        for (int column = 0; column < columns; column++)
            Assert.Equal(column + Enumerable.Range(0, rows).Sum(row => T.ToSingle(matrix[row * columns + column])), sums[column]);
    }
}
