using Underpaint.Runs;

namespace Underpaint.Bench.Pairs;

/// <summary>Both sides, measured one right after the other.</summary>
/// <param name="Ours">Underpaint.</param>
/// <param name="Plain">The plain network.</param>
internal sealed record SpeedPair(SpeedResult Ours, SpeedResult Plain);
