namespace Underpaint.Codes;

/// <summary>What of codes is read beside their images' numbers, names and classes. Stochastic codes are as large as images: whoever needs none leaves them out.</summary>
[Flags]
public enum CodeParts
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>The codes.</summary>
    Codes = 1,

    /// <summary>The stochastic codes, where there are any.</summary>
    StochasticCodes = 2,

    /// <summary>All of it.</summary>
    All = Codes | StochasticCodes,
}
