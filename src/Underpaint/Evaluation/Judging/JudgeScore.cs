namespace Underpaint.Evaluation.Judging;

/// <summary>How well a judge answers one question about images that it was not trained on.</summary>
/// <param name="Question">The question's name.</param>
/// <param name="Accuracy">Share of right answers; null where the answer is a number.</param>
/// <param name="R2">
/// Share of the numbers' variance that is explained, 1 for perfect answers and 0 for guessing (on a circle: of the mean of
/// 1 − cos of the angle); null where the answer is a class, or the truth never varies.
/// </param>
/// <param name="MeanError">The mean distance of answer and truth, in the question's unit; for classes the share of wrong answers.</param>
/// <param name="Error95">The distance that 95 % of the answers keep within.</param>
public sealed record JudgeScore(string Question, double? Accuracy, double? R2, double MeanError, double Error95)
{
    private const double Share = 0.95;

    /// <summary>Compares answers with the truth.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answers">The answers, at least one.</param>
    /// <param name="truths">The true answers, in the same order.</param>
    public static JudgeScore Of(JudgeQuestion question, IReadOnlyList<double> answers, IReadOnlyList<double> truths)
    {
        double[] errors = [.. answers.Zip(truths, question.Distance).Order()];
        bool isClass = question.Kind == QuestionKind.Class;
        return new(question.Name,
            isClass ? 1 - errors.Average() : null,
            isClass ? null : Explained(question, errors, truths),
            errors.Average(),
            errors[(int)Math.Ceiling(Share * errors.Length) - 1]);
    }

    private static double? Explained(JudgeQuestion question, double[] errors, IReadOnlyList<double> truths)
    {
        double mean = truths.Average();
        if (truths.All(truth => truth == truths[0]))
            return null;
        if (question.Kind == QuestionKind.Continuous)
            return 1 - errors.Sum(error => error * error) / truths.Sum(truth => (truth - mean) * (truth - mean));
        double[] angles = [.. truths.Select(Angle)];
        double concentration = Math.Sqrt(Math.Pow(angles.Average(Math.Cos), 2) + Math.Pow(angles.Average(Math.Sin), 2));
        return 1 - errors.Average(error => 1 - Math.Cos(Angle(error))) / (1 - concentration);

        double Angle(double value) => 2 * Math.PI * value / (question.High - question.Low);
    }
}
