namespace Underpaint.Codes;

/// <summary>Some codes, with what is known about their images, in plain memory.</summary>
public sealed record CodeRows
{
    /// <summary>Each image's number in its source.</summary>
    public required int[] Indices { get; init; }

    /// <summary>Each image's name in its source.</summary>
    public required string[] Files { get; init; }

    /// <summary>Each image's class; −1 where it has none.</summary>
    public required int[] Labels { get; init; }

    /// <summary>The codes one after the other, (N, code); empty where they were not asked for.</summary>
    public required float[] Codes { get; init; }

    /// <summary>The stochastic codes one after the other, (N, C, H, W); empty where there are none, or they were not asked for.</summary>
    public float[] StochasticCodes { get; init; } = [];

    /// <summary>How many codes there are.</summary>
    public int Count => Indices.Length;
}
