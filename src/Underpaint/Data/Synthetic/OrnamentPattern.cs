using System.Numerics;

namespace Underpaint.Data.Synthetic;

/// <summary>
/// The texture as a signal around zero, −1 (deep tone) to 1 (light tone). Its mean over the plane is zero, so that the
/// texture changes no colour seen from afar. Edges are as soft as one pixel.
/// </summary>
internal readonly struct OrnamentPattern
{
    private const float Turn = 2 * MathF.PI;

    private readonly OrnamentTexture _texture;
    private readonly Vector2 _along, _across;
    private readonly float _phase, _sharpness;

    /// <summary>Prepares the pattern.</summary>
    /// <param name="factors">The ornament.</param>
    /// <param name="pixel">A pixel's width in image widths.</param>
    public OrnamentPattern(OrnamentFactors factors, float pixel)
    {
        _texture = factors.Texture;
        _phase = (float)(factors.Phase % 1);
        float frequency = (float)factors.Frequency;
        (float sin, float cos) = MathF.SinCos((float)(factors.Orientation % 360 * Math.PI / 180));
        (_along, _across) = (new Vector2(cos, sin) * frequency, new Vector2(-sin, cos) * frequency);
        _sharpness = 1 / (frequency * pixel);
    }

    /// <summary>The signal.</summary>
    /// <param name="offset">From the shape's centre, in image widths, y down.</param>
    public float At(Vector2 offset)
    {
        float u = Vector2.Dot(_along, offset) + _phase, v = Vector2.Dot(_across, offset);
        return _texture switch
        {
            OrnamentTexture.Stripes => Wave(u),
            OrnamentTexture.Checks => Wave(u, 0.8f) * Wave(v * 0.6f, 0.6f),
            OrnamentTexture.Dots => Dots(u, v),
            _ => Wave(u + 0.25f * MathF.Sin(Turn * 0.45f * v)),
        };
    }

    // A square wave of period 1 whose edges are one pixel wide: the distance to the next edge is about cos / (2π · frequency).
    private float Wave(float u, float pace = 1) =>
        Math.Clamp(MathF.Cos(Turn * u) * _sharpness / (MathF.PI * pace), -1, 1);

    private float Dots(float u, float v)
    {
        const float Row = 0.8f, Radius = 0.32f, Share = MathF.PI * Radius * Radius / Row;
        v /= Row;
        float row = MathF.Floor(v + 0.5f);
        u += 0.5f * row;
        float distance = new Vector2(u - MathF.Round(u), (v - row) * Row).Length();
        float cover = Math.Clamp(0.5f + (Radius - distance) * _sharpness, 0, 1);
        return 2 * (cover - Share);
    }
}
