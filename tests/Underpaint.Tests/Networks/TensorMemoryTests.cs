using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Tests.Networks;

public class TensorMemoryTests
{
    // Memory that is not touched costs nothing.
    [Fact]
    public void More_than_two_gigabytes_can_be_read_and_written()
    {
        using Tensor x = empty(600, 1_000_000, dtype: ScalarType.Float32);
        Span<float> numbers = x.Floats();
        Assert.Equal(600_000_000, numbers.Length);
        numbers[^1] = 5;
        using Tensor last = x[599, 999_999];
        Assert.Equal(5, last.item<float>());
    }

    [Fact]
    public void More_numbers_than_a_kernel_counts_are_refused_with_advice()
    {
        using Tensor x = empty(TensorMemory.Most + 1L, dtype: ScalarType.BFloat16);
        var error = Assert.Throws<UnderpaintException>(() => x.Memory<ushort>().Length);
        Assert.Contains("1,073,741,825 numbers", error.What, StringComparison.Ordinal);
        Assert.Contains("smaller optimizer.batch", error.Remedy, StringComparison.Ordinal);
    }
}
