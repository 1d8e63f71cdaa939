using System.Numerics;
using Underpaint.Data.Images;

namespace Underpaint.Data.Synthetic;

/// <summary>Paints ornaments from their factors.</summary>
public static class OrnamentPainter
{
    private const int SmallestSize = 8, LargestSize = 4096;
    private const float RimWidth = 0.022f, ShadowWidth = 0.07f;
    private static readonly Vector2 ShadowOffset = new(0.018f, 0.028f);

    /// <summary>
    /// Paints one ornament. The picture is the same at every size, up to its resolution, and a pure function of the
    /// arguments; another kind of machine may round single values differently by 1.
    /// </summary>
    /// <param name="factors">What to paint; every factor within its range.</param>
    /// <param name="size">Width and height in pixels, 8 … 4096.</param>
    /// <returns>An RGB image, size × size.</returns>
    /// <exception cref="UnderpaintException">The size or a factor is out of range.</exception>
    public static PixelImage Paint(OrnamentFactors factors, int size)
    {
        CheckSize(size);
        foreach (OrnamentFactor factor in OrnamentFactor.All)
            factor.Check(factor.ValueOf(factors));

        float pixel = 1f / size;
        var outline = new OrnamentOutline(factors);
        var palette = new OrnamentPalette(factors);
        var pattern = new OrnamentPattern(factors, pixel);
        var grain = new OrnamentGrain(factors);
        byte[] pixels = new byte[size * size * 3];
        for (int y = 0, i = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++, i += 3)
            {
                Vector2 point = new Vector2(x + 0.5f, y + 0.5f) * pixel;
                Vector3 color = ColorAt(point, pixel, outline, palette, pattern) + new Vector3(grain.At(point));
                pixels[i] = ByteOf(color.X);
                pixels[i + 1] = ByteOf(color.Y);
                pixels[i + 2] = ByteOf(color.Z);
            }
        }
        return new(size, size, 3, pixels);
    }

    internal static void CheckSize(int size)
    {
        if (size is < SmallestSize or > LargestSize)
            throw new UnderpaintException($"Ornaments of {size}×{size} pixels were asked for.",
                $"Choose a size from {SmallestSize} to {LargestSize}.");
    }

    // From the back to the front: background, shadow, rim, enamel; what is hidden is not painted.
    private static Vector3 ColorAt(Vector2 point, float pixel, in OrnamentOutline outline, in OrnamentPalette palette,
        in OrnamentPattern pattern)
    {
        float distance = outline.Distance(point);
        float shape = Cover(distance, pixel), inside = Cover(distance + RimWidth, pixel);
        var color = Vector3.Zero;
        if (shape < 1)
            color = Vector3.Lerp(palette.Near, palette.Far, (point.X + point.Y) / 2);
        if (shape < 1 && distance < ShadowWidth)
            color = Vector3.Lerp(color, palette.Shadow, Smooth(Cover(outline.Distance(point - ShadowOffset), ShadowWidth)));
        if (inside < 1)
            color = Vector3.Lerp(color, palette.Rim, shape);
        if (inside > 0)
            color = Vector3.Lerp(color, palette.Enamel + pattern.At(point - outline.Center) * palette.Relief, inside);
        return color;
    }

    // How much of a stretch of this width, centred at this distance from an edge, lies inside.
    private static float Cover(float distance, float width) => Math.Clamp(0.5f - distance / width, 0, 1);

    private static float Smooth(float x) => x * x * (3 - 2 * x);

    private static byte ByteOf(float value) => (byte)(Math.Clamp(value, 0, 1) * 255 + 0.5f);
}
