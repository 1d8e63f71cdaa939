using FsCheck;
using FsCheck.Fluent;
using Underpaint.Kernels;

namespace Underpaint.Tests.Kernels;

/// <summary>One call of the fused normalisation, with random numbers that follow from the seed.</summary>
internal sealed record NormCase(NormShape Shape, bool PerImage, bool Silu, double Dropout, bool HasAddend, long Seed)
{
    private int Length => Shape.Images * Shape.ImageLength;

    private int TableLength => PerImage ? Shape.Images * Shape.Channels : Shape.Channels;

    public float[] X => Numbers("x", Length, mean: 0.5);

    public float[] ResultGradient => Numbers("dy", Length);

    public float[] Addend => Numbers("dx", Length);

    public float[] Gain => Numbers("gain", TableLength, mean: 1);

    public float[] Offset => Numbers("offset", TableLength);

    public float[] StartOfGainGradient => Numbers("gain gradient", TableLength);

    public float[] StartOfOffsetGradient => Numbers("offset gradient", TableLength);

    public DropoutMask Mask =>
        new(Dropout, Enumerable.Range(0, 4).Select(image => RandomSource.SeedOf(Seed, "dropout", image)).ToArray(), Layer: 7);

    public static Arbitrary<NormCase> Any()
    {
        Gen<NormShape> shapes =
            from images in Gen.Choose(1, 4)
            from pixels in Gen.Choose(1, 70)
            from channels in Gen.Elements(1, 3, 5, 16, 17, 32, 33, 48, 64, 96)
            from groups in Gen.Elements(Enumerable.Range(1, channels).Where(count => channels % count == 0).ToArray())
            select new NormShape(images, pixels, channels, groups);
        Gen<bool> coin = Gen.Elements(false, true);
        Gen<NormCase> cases =
            from shape in shapes
            from perImage in coin
            from silu in coin
            from dropout in Gen.Elements(0, 0.1, 0.5)
            from hasAddend in coin
            from seed in Gen.Choose(0, int.MaxValue)
            select new NormCase(shape, perImage, silu, dropout, hasAddend, seed);
        return cases.ToArbitrary();
    }

    // Rounded to bfloat16, so that both kinds of elements hold them exactly.
    private float[] Numbers(string purpose, int count, double mean = 0)
    {
        var random = new RandomSource(Seed, purpose);
        return [.. Enumerable.Range(0, count).Select(_ =>
            BFloat16Element.ToSingle(BFloat16Element.FromSingle((float)(mean + random.NextGaussian()))))];
    }
}
