namespace Underpaint.Evaluation.Judging;

/// <summary>How often the answer to a question that an edit should not touch stayed.</summary>
/// <param name="Question">The question's name.</param>
/// <param name="Share">The share of the images whose answer stayed within the judge's own error; of a class, the same.</param>
public sealed record KeptAnswer(string Question, double Share);
