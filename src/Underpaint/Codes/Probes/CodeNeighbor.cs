namespace Underpaint.Codes.Probes;

/// <summary>A code near another one.</summary>
/// <param name="Place">Its place among the codes that were searched.</param>
/// <param name="Distance">Root mean square difference of the standardised codes: 1 is a standard deviation in every number.</param>
public readonly record struct CodeNeighbor(int Place, double Distance);
