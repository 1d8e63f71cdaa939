namespace Underpaint.Codes.Latents;

/// <summary>Makes new codes that look as if an encoder had made them.</summary>
public interface ICodeSampler
{
    /// <summary>The identity of the autoencoder whose codes they could be.</summary>
    string Model { get; }

    /// <summary>Numbers in a code.</summary>
    int CodeSize { get; }

    /// <summary>Draws codes.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed. Default 0.</param>
    /// <param name="first">The number of the first; code i depends on (seed, first + i) only. Default 0.</param>
    /// <returns>The codes, one after the other.</returns>
    float[] Draw(int count, long seed = 0, long first = 0);
}
