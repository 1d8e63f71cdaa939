namespace Underpaint.Networks;

/// <summary>Sizes of the network of a latent DPM.</summary>
public sealed record LatentNetworkOptions
{
    /// <summary>Numbers in each hidden layer, 0 … 65 536; 0 means four times as many as in a code, as in Diff-AE. Default 0.</summary>
    public int Width { get; init; }

    /// <summary>Layers, the last one included, 2 … 100. Default 10, as in Diff-AE for faces.</summary>
    public int Layers { get; init; } = 10;

    /// <summary>Numbers in each hidden layer, for codes of a size.</summary>
    /// <param name="codeSize">Numbers in a code.</param>
    public int WidthFor(int codeSize) => Width > 0 ? Width : 4 * codeSize;
}
