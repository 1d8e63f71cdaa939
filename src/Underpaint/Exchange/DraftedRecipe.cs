using Underpaint.Training;

namespace Underpaint.Exchange;

/// <summary>The recipe of an official model, as far as it can be told.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="ImagesSeen">Images seen; 0 where nobody tells.</param>
/// <param name="Assumptions">What was taken from elsewhere than the file and the user; a sentence each.</param>
internal sealed record DraftedRecipe(Recipe Recipe, long ImagesSeen, IReadOnlyList<string> Assumptions);
