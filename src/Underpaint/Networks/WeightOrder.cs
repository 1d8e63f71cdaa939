namespace Underpaint.Networks;

/// <summary>
/// Between the order of a weight's shape, which files use, and that of the flat buffer: a convolution's kernel
/// (outputs, inputs, height, width) is stored as outputs, height, width, inputs.
/// </summary>
internal static class WeightOrder
{
    /// <summary>One weight's part of <paramref name="numbers"/> into its part of <paramref name="stored"/>.</summary>
    public static void ToStored(Weight weight, float[] numbers, float[] stored)
    {
        var (rows, columns) = Sizes(weight);
        Transpose(weight, numbers, stored, rows, columns);
    }

    /// <summary>One weight's part of <paramref name="stored"/> into its part of <paramref name="numbers"/>.</summary>
    public static void FromStored(Weight weight, float[] stored, float[] numbers)
    {
        var (rows, columns) = Sizes(weight);
        Transpose(weight, stored, numbers, columns, rows);
    }

    // Every output's (inputs × pixels of the kernel); anything but a convolution is one row.
    private static (int Rows, int Columns) Sizes(Weight weight) => weight.Shape is [_, var inputs, var height, var width]
        ? ((int)inputs, (int)(height * width))
        : (1, (int)weight.Length);

    private static void Transpose(Weight weight, float[] from, float[] to, int rows, int columns)
    {
        int size = rows * columns, start = (int)weight.Offset, end = start + (int)weight.Length;
        for (int matrix = start; matrix < end; matrix += size)
            for (int row = 0; row < rows; row++)
                for (int column = 0; column < columns; column++)
                    to[matrix + column * rows + row] = from[matrix + row * columns + column];
    }
}
