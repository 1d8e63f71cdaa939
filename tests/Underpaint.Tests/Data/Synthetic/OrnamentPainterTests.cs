using System.Numerics;
using Underpaint.Data.Images;
using Underpaint.Data.Synthetic;

namespace Underpaint.Tests.Data.Synthetic;

public class OrnamentPainterTests
{
    private const int Size = 32;
    private static readonly Ornaments Images = new(int.MaxValue, Size);

    [Fact]
    public void A_set_shows_what_the_painter_paints() =>
        Assert.Equal(Images.Read(12).Pixels, OrnamentPainter.Paint(Images.FactorsOf(12), Size).Pixels);

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    public void The_picture_is_the_same_at_every_size(int large)
    {
        for (int i = 0; i < 40; i++)
        {
            OrnamentFactors factors = Images.FactorsOf(i);
            double[] shrunk = Shrink(OrnamentPainter.Paint(factors, large), large / Size);
            Assert.InRange(Difference(shrunk, Shrink(OrnamentPainter.Paint(factors, Size), 1)), 0, 2);
        }
    }

    [Fact]
    public void The_shape_stands_out_from_the_background_and_the_texture_from_the_shape()
    {
        for (int i = 0; i < 500; i++)
        {
            var outline = new OrnamentOutline(Images.FactorsOf(i));
            var pixels = Images.Read(i).Pixels.Chunk(3)
                .Select((rgb, k) => (Luma: Luma(rgb), Distance: outline.Distance(Center(k)))).ToArray();
            double[] shape = [.. pixels.Where(p => p.Distance < -0.03).Select(p => p.Luma)];
            double background = pixels.Where(p => p.Distance > 0.08).Average(p => p.Luma);
            double contrast = Math.Abs(shape.Average() - background), texture = shape.Average(v => Math.Abs(v - shape.Average()));
            Assert.True(contrast > 40 && texture > 15, $"image {i}: contrast {contrast}, texture {texture}");
        }
    }

    [Fact]
    public void Every_shape_covers_about_as_much_as_its_disc()
    {
        foreach (OrnamentShape shape in Enum.GetValues<OrnamentShape>())
        {
            var outline = new OrnamentOutline(new OrnamentFactors { Shape = shape, Size = 0.3 });
            double area = Enumerable.Range(0, Size * Size).Count(k => outline.Distance(Center(k)) < 0) / (double)(Size * Size);
            Assert.InRange(area / (Math.PI * 0.3 * 0.3), 0.8, 1.15);
        }
    }

    [Fact]
    public void Every_shape_stays_inside_the_picture()
    {
        foreach (OrnamentShape shape in Enum.GetValues<OrnamentShape>())
            foreach ((double x, double y) in new[] { (0.4, 0.4), (0.6, 0.6) })
            {
                var outline = new OrnamentOutline(new OrnamentFactors { Shape = shape, X = x, Y = y, Size = 0.33 });
                Assert.All(Enumerable.Range(0, Size), k =>
                {
                    float along = (k + 0.5f) / Size;
                    Vector2[] border = [new(along, 0), new(along, 1), new(0, along), new(1, along)];
                    Assert.All(border, point => Assert.True(outline.Distance(point) > 0, $"{shape} reaches {point}"));
                });
            }
    }

    [Fact]
    public void Detail_factors_change_only_detail_and_structure_factors_change_structure()
    {
        const int Pairs = 40;
        foreach (OrnamentFactor factor in OrnamentFactor.All)
        {
            double change = 0, changeFromAfar = 0;
            for (int i = 0; i < Pairs; i++)
            {
                OrnamentFactors before = Images.FactorsOf(i);
                OrnamentFactors after = factor.With(before, factor.ValueOf(Images.FactorsOf(1000 + i)));
                double[] a = Shrink(OrnamentPainter.Paint(before, Size), 1), b = Shrink(OrnamentPainter.Paint(after, Size), 1);
                change += Difference(a, b) / Pairs;
                changeFromAfar += Difference(Blur(a), Blur(b)) / Pairs;
            }
            Assert.True(change > 0.8, $"{factor.Name} changes pixels by only {change}");
            Assert.True(factor.IsDetail ? changeFromAfar < 1.5 : changeFromAfar > 4, $"{factor.Name}, blurred: {changeFromAfar}");
        }
    }

    [Fact]
    public void Half_a_turn_of_the_texture_is_its_phase_counted_backwards()
    {
        for (int i = 0; i < 20; i++)
        {
            OrnamentFactors factors = Images.FactorsOf(i);
            OrnamentFactors turned = factors with { Orientation = factors.Orientation + 180, Phase = -factors.Phase };
            double[] a = Shrink(OrnamentPainter.Paint(factors, Size), 1), b = Shrink(OrnamentPainter.Paint(turned, Size), 1);
            Assert.InRange(Difference(a, b), 0, 0.01);
        }
    }

    [Fact]
    public void Circular_factors_may_go_round_as_often_as_they_like()
    {
        OrnamentFactors factors = new() { Hue = 40, BackgroundHue = 200, Phase = 0.25, Orientation = 30, BackgroundTone = 0.8 };
        OrnamentFactors far = factors with
        {
            Hue = 40 - 360e6,
            BackgroundHue = 200 + 360e6,
            Phase = 0.25 + 1e6,
            Orientation = 30 + 360e6,
        };
        Assert.Equal(OrnamentPainter.Paint(factors, Size).Pixels, OrnamentPainter.Paint(far, Size).Pixels);
        Assert.True(OrnamentPainter.Paint(factors with { Hue = 1e308, Orientation = 1e308 }, Size).Pixels.Max() > 200);
    }

    [Fact]
    public void Without_grain_the_grain_seed_does_not_matter()
    {
        byte[] Painted(double grain, ulong seed) =>
            OrnamentPainter.Paint(Images.FactorsOf(4) with { Grain = grain, GrainSeed = seed }, Size).Pixels;
        Assert.Equal(Painted(grain: 0, seed: 1), Painted(grain: 0, seed: 2));
        Assert.NotEqual(Painted(grain: 0.05, seed: 1), Painted(grain: 0.05, seed: 2));
    }

    [Fact]
    public void Impossible_factors_and_sizes_are_refused()
    {
        var factors = new OrnamentFactors();
        Assert.Throws<UnderpaintException>(() => OrnamentPainter.Paint(factors, 7));
        Assert.Throws<UnderpaintException>(() => OrnamentPainter.Paint(factors, 4097));
        Assert.Throws<UnderpaintException>(() => OrnamentPainter.Paint(factors with { X = 2 }, Size));
        Assert.Throws<UnderpaintException>(() => OrnamentPainter.Paint(factors with { Hue = double.NaN }, Size));
        Assert.Throws<UnderpaintException>(() => OrnamentPainter.Paint(factors with { Shape = (OrnamentShape)9 }, Size));
    }

    // The centre of the pixel, in image widths.
    private static Vector2 Center(int pixel) => new Vector2(pixel % Size + 0.5f, pixel / Size + 0.5f) / Size;

    private static double Luma(byte[] rgb) => 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];

    private static double[] Shrink(PixelImage image, int factor)
    {
        int size = image.Width / factor;
        double[] mean = new double[size * size * 3];
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            (int x, int y) = (i / 3 % image.Width / factor, i / 3 / image.Width / factor);
            mean[(y * size + x) * 3 + i % 3] += image.Pixels[i] / (double)(factor * factor);
        }
        return mean;
    }

    // Twice the mean of 7×7 pixels: nothing finer than the coarsest texture is left.
    private static double[] Blur(double[] pixels) => Box(Box(pixels));

    private static double[] Box(double[] pixels)
    {
        double[] result = new double[pixels.Length];
        for (int i = 0; i < result.Length; i++)
        {
            int x = i / 3 % Size, y = i / 3 / Size, n = 0;
            for (int v = Math.Max(0, y - 3); v <= Math.Min(Size - 1, y + 3); v++)
                for (int u = Math.Max(0, x - 3); u <= Math.Min(Size - 1, x + 3); u++, n++)
                    result[i] += pixels[(v * Size + u) * 3 + i % 3];
            result[i] /= n;
        }
        return result;
    }

    private static double Difference(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Average();
}
