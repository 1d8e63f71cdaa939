namespace Underpaint.Codes.Directions.Fitting;

/// <summary>Some of a table's codes, standardised.</summary>
/// <param name="Places">Their places in the table, in rising order; at least one.</param>
/// <param name="Inputs">The codes, one after the other.</param>
internal sealed record StandardizedCodes(int[] Places, double[] Inputs)
{
    /// <summary>How many there are.</summary>
    public int Count => Places.Length;

    /// <summary>Numbers in a code.</summary>
    public int Size => Inputs.Length / Places.Length;

    /// <summary>One code.</summary>
    public ReadOnlySpan<double> CodeAt(int i) => Inputs.AsSpan(i * Size, Size);

    /// <summary>These codes' part of something that is known of all.</summary>
    public double[] Of(double[] values) => Array.ConvertAll(Places, place => values[place]);

    /// <summary>Whether these codes differ in something that is known of all.</summary>
    public bool DifferIn(double[] values) => Array.Exists(Places, place => values[place] != values[Places[0]]);

    /// <summary>Some of them.</summary>
    /// <param name="chosen">Which, 0 … <see cref="Count"/> − 1, in rising order.</param>
    public StandardizedCodes At(int[] chosen) =>
        new([.. chosen.Select(i => Places[i])], [.. chosen.SelectMany(i => Inputs[(i * Size)..((i + 1) * Size)])]);
}
