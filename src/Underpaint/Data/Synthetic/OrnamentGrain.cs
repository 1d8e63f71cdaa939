using System.Numerics;

namespace Underpaint.Data.Synthetic;

/// <summary>Fine noise over the picture: random values on a 64×64 lattice, interpolated, and so the same at every size.</summary>
internal sealed class OrnamentGrain
{
    private const int Cells = 64;

    private readonly float[] _values = new float[Cells * Cells];

    public OrnamentGrain(OrnamentFactors factors)
    {
        var random = new RandomSource((long)factors.GrainSeed, "grain");
        for (int i = 0; i < _values.Length; i++)
            _values[i] = (float)(factors.Grain * random.NextDouble(-1, 1));
    }

    /// <summary>What the grain adds to a colour here.</summary>
    /// <param name="point">In image widths.</param>
    public float At(Vector2 point)
    {
        Vector2 place = Vector2.Clamp(point * Cells - new Vector2(0.5f), Vector2.Zero, new Vector2(Cells - 1.001f));
        int x = (int)place.X, y = (int)place.Y, i = y * Cells + x;
        float upper = float.Lerp(_values[i], _values[i + 1], place.X - x);
        float lower = float.Lerp(_values[i + Cells], _values[i + Cells + 1], place.X - x);
        return float.Lerp(upper, lower, place.Y - y);
    }
}
