namespace Underpaint.Bench.Plain;

/// <summary>What a residual block does to the resolution.</summary>
internal enum PlainResampling
{
    Keep,
    Halve,
    Double,
}
