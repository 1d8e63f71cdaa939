using System.Runtime.Intrinsics;
using TorchSharp;
using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Tests.Kernels;

public class BFloat16ElementTests
{
    [Fact]
    public void Every_stored_number_comes_back()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var element = new BFloat16Element((ushort)bits);
            Assert.Equal(element, BFloat16Element.FromSingle(BFloat16Element.ToSingle(element)));
            Assert.Equal(element, StoreAll(Vector512.Create(BFloat16Element.ToSingle(element))));
        }
    }

    [Fact]
    public void Vectors_and_numbers_are_rounded_as_Torch_rounds()
    {
        var random = new RandomSource(1, "bits");
        // Every other one is a tie, half-way between two stored numbers.
        float[] values = [.. Enumerable.Range(0, 20000)
            .Select(i => (uint)random.NextBits() & (i % 2 == 0 ? 0xFFFFFFFF : 0xFFFF8000) | (i % 2 == 0 ? 0 : 0x8000u))
            .Select(BitConverter.UInt32BitsToSingle).Where(value => !float.IsNaN(value))];
        using Tensor stored = tensor(values).to(ScalarType.BFloat16), expected = stored.to(ScalarType.Float32);
        float[] rounded = expected.data<float>().ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(rounded[i], BFloat16Element.ToSingle(BFloat16Element.FromSingle(values[i])));
            Assert.Equal(rounded[i], BFloat16Element.ToSingle(StoreAll(Vector512.Create(values[i]))));
        }
    }

    [Fact]
    public void Sixteen_are_loaded_and_stored_from_an_offset()
    {
        BFloat16Element[] elements = [.. Enumerable.Range(0, 40).Select(i => BFloat16Element.FromSingle(i))];
        Vector512<float> loaded = BFloat16Element.Load(ref elements[0], 3);
        Assert.Equal(Vector512.ConvertToSingle(Vector512<int>.Indices) + Vector512.Create(3f), loaded);
        BFloat16Element.Store(Vector512<float>.Zero, ref elements[0], 5);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => i is >= 5 and < 21 ? 0f : i), elements.Select(BFloat16Element.ToSingle));
    }

    // What arithmetic makes, what GPUs make, and the copy of a stored one with all its bits set.
    [Theory]
    [InlineData(0xFFC00000)]
    [InlineData(0x7FC00000)]
    [InlineData(0x7FFF0000)]
    public void A_number_that_is_none_stays_none(uint bits)
    {
        float none = BitConverter.UInt32BitsToSingle(bits);
        Assert.Equal(float.NaN, BFloat16Element.ToSingle(BFloat16Element.FromSingle(none)));
        Assert.Equal(float.NaN, BFloat16Element.ToSingle(StoreAll(Vector512.Create(none))));
    }

    private static BFloat16Element StoreAll(Vector512<float> values)
    {
        var elements = new BFloat16Element[16];
        BFloat16Element.Store(values, ref elements[0], 0);
        return Assert.Single(elements.Distinct());
    }
}
