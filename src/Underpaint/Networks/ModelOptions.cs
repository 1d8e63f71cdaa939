namespace Underpaint.Networks;

/// <summary>The sizes of a diffusion autoencoder's networks: the recipe's <c>model</c> section. Names as in Diff-AE's paper and code.</summary>
public sealed record ModelOptions
{
    /// <summary>Channels of the first level. Default 32.</summary>
    public int Channels { get; init; } = 32;

    /// <summary>Channels of each decoder level, as multiples of <see cref="Channels"/>; each level halves the resolution.</summary>
    public IReadOnlyList<int> Multipliers { get; init; } = [1, 2, 2, 2];

    /// <summary>Residual blocks per decoder level on the way down (one more on the way up). Default 2.</summary>
    public int Blocks { get; init; } = 2;

    /// <summary>Resolutions, in pixels, at which blocks have attention, in both networks. Default 16.</summary>
    public IReadOnlyList<int> AttentionAt { get; init; } = [16];

    /// <summary>Numbers in a code. Default 128.</summary>
    public int Code { get; init; } = 128;

    /// <summary>
    /// Channels of each encoder level, as multiples of <see cref="Channels"/>. A code is a linear map of the last level's means, so
    /// of more numbers than that level has channels no more are independent. Default 1, 2, 2, 4: as wide at its end as the code.
    /// </summary>
    public IReadOnlyList<int> EncoderMultipliers { get; init; } = [1, 2, 2, 4];

    /// <summary>Residual blocks per encoder level. Default 2.</summary>
    public int EncoderBlocks { get; init; } = 2;

    /// <summary>Width of the time embedding; 0 means as wide as the code (the published choice). Default 0.</summary>
    public int TimeEmbedding { get; init; }

    internal int TimeWidth => TimeEmbedding > 0 ? TimeEmbedding : Code;

    /// <summary>Attention heads. Default 1.</summary>
    public int Heads { get; init; } = 1;

    /// <summary>
    /// Groups that channels are normalised in; fewer where a layer has fewer channels. Default 8. Published networks have 32 for 128
    /// channels; with as many groups as channels each channel loses its mean, and a model learns colours late.
    /// </summary>
    public int Groups { get; init; } = 8;

    /// <summary>
    /// Standard deviation of the codes of the first images when training starts, see <see cref="AutoencoderNetwork.SpreadCodes"/>;
    /// 0 leaves the published start, as do first images whose codes do not differ (a batch of one). Default 0.
    /// </summary>
    public double CodeSpread { get; init; }

    /// <summary>Share of activations dropped in the decoder's blocks while training: 0 … 1. Default 0.</summary>
    public double Dropout { get; init; }
}
