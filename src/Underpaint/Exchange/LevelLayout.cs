namespace Underpaint.Exchange;

/// <summary>How the blocks on a network's way down make levels.</summary>
/// <param name="Multipliers">Each level's channels, as multiples of the model's.</param>
/// <param name="Blocks">Residual blocks per level.</param>
/// <param name="AttentionLevels">The levels with attention, the highest resolution being 0.</param>
internal sealed record LevelLayout(IReadOnlyList<int> Multipliers, int Blocks, IReadOnlyList<int> AttentionLevels);
