using System.Numerics;

namespace Underpaint.Data.Synthetic;

/// <summary>An ornament's colours: sRGB values 0 … 1, chosen in OKLCH, where equal numbers look equally light and vivid.</summary>
internal readonly struct OrnamentPalette
{
    private const float Yellow = 98;

    /// <summary>Chooses the colours.</summary>
    public OrnamentPalette(OrnamentFactors factors)
    {
        float tone = (float)factors.BackgroundTone;
        float hue = (float)(factors.Hue % 360), ground = (float)(factors.BackgroundHue % 360);
        bool pale = tone >= 0.5f;
        float depth = pale ? float.Lerp(0.84f, 0.94f, 2 * tone - 1) : float.Lerp(0.28f, 0.42f, 2 * tone);
        float tint = pale ? 0.05f : 0.08f;
        Near = Oklch(depth + 0.03f, tint, ground - 15);
        Far = Oklch(depth - 0.04f, tint, ground + 15);
        Shadow = Oklch(depth - (pale ? 0.22f : 0.14f), tint, ground);

        // Yellow is at its best when light, blue when deep; and the deep tone of a yellow is an amber, or it would be mud.
        float yellowness = MathF.Cos((hue - Yellow) * MathF.PI / 180);
        float lightness = (pale ? 0.61f : 0.71f) + 0.07f * yellowness;
        float amber = 28 * MathF.Pow(MathF.Max(0, yellowness), 6);
        Vector3 light = Oklch(lightness + 0.14f, 0.14f, hue + 8);
        Vector3 deep = Oklch(lightness - 0.14f, 0.18f, hue - 8 - amber);
        Enamel = (light + deep) / 2;
        Relief = (light - deep) / 2;
        Rim = Oklch(0.97f, 0.02f, 90);
    }

    /// <summary>The background at the top left.</summary>
    public Vector3 Near { get; }

    /// <summary>The background at the bottom right.</summary>
    public Vector3 Far { get; }

    /// <summary>The background in the shape's shadow.</summary>
    public Vector3 Shadow { get; }

    /// <summary>The shape's mean colour.</summary>
    public Vector3 Enamel { get; }

    /// <summary>From the mean colour to the texture's light tone; its negative leads to the deep tone.</summary>
    public Vector3 Relief { get; }

    /// <summary>The line around the shape.</summary>
    public Vector3 Rim { get; }

    // The most vivid colour of this lightness and hue that sRGB can show, up to the given chroma.
    private static Vector3 Oklch(float lightness, float chroma, float hue)
    {
        (float sin, float cos) = MathF.SinCos(hue * MathF.PI / 180);
        Vector3 color = LinearOf(lightness, chroma * cos, chroma * sin);
        float low = 0, high = IsShown(color) ? 0 : chroma;
        for (int i = 0; i < 8 && high > 0; i++)
        {
            float middle = (low + high) / 2;
            color = LinearOf(lightness, middle * cos, middle * sin);
            (low, high) = IsShown(color) ? (middle, high) : (low, middle);
        }
        return new(Encode(color.X), Encode(color.Y), Encode(color.Z));
    }

    private static bool IsShown(Vector3 linear) =>
        MathF.Min(linear.X, MathF.Min(linear.Y, linear.Z)) >= 0 && MathF.Max(linear.X, MathF.Max(linear.Y, linear.Z)) <= 1;

    // OKLab to linear sRGB (Björn Ottosson, 2020).
    private static Vector3 LinearOf(float lightness, float a, float b)
    {
        float l = Cube(lightness + 0.3963377774f * a + 0.2158037573f * b);
        float m = Cube(lightness - 0.1055613458f * a - 0.0638541728f * b);
        float s = Cube(lightness - 0.0894841775f * a - 1.2914855480f * b);
        return new(
            4.0767416621f * l - 3.3077115913f * m + 0.2309699292f * s,
            -1.2684380046f * l + 2.6097574011f * m - 0.3413193965f * s,
            -0.0041960863f * l - 0.7034186147f * m + 1.7076147010f * s);
    }

    private static float Cube(float x) => x * x * x;

    private static float Encode(float linear)
    {
        linear = Math.Clamp(linear, 0, 1);
        return linear <= 0.0031308f ? 12.92f * linear : 1.055f * MathF.Pow(linear, 1 / 2.4f) - 0.055f;
    }
}
