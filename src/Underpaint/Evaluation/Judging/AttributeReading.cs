using Underpaint.Codes.Attributes;

namespace Underpaint.Evaluation.Judging;

/// <summary>An attribute as a judge sees it, named as directions are: "size", "shape=star", "hue-cos", or a class such as "cat".</summary>
/// <param name="Name">The attribute's name.</param>
/// <param name="Question">The place of the judge's question that tells it.</param>
/// <param name="ValueOf">
/// What an answer says of the attribute, −1 … 1: that it is there (1) or not (−1); where a number lies in its range; a cosine or sine.
/// </param>
public sealed record AttributeReading(string Name, int Question, Func<double, double> ValueOf)
{
    /// <summary>All attributes that a judge can tell.</summary>
    /// <param name="judge">The judge.</param>
    public static IEnumerable<AttributeReading> AllOf(JudgeDescription judge) => judge.Questions.SelectMany(Of);

    private static IEnumerable<AttributeReading> Of(JudgeQuestion question, int place)
    {
        double range = question.High - question.Low;
        return question.Kind switch
        {
            QuestionKind.Class => question.ClassNames.Select((name, value) =>
                new AttributeReading(question.AsksForClass ? name : AttributeNames.OfClass(question.Name, name), place, answer => answer == value ? 1 : -1)),
            QuestionKind.Continuous => [new(question.Name, place, answer => 2 * (answer - question.Low) / range - 1)],
            _ =>
            [
                new(AttributeNames.OfCosine(question.Name), place, answer => Math.Cos(2 * Math.PI * (answer - question.Low) / range)),
                new(AttributeNames.OfSine(question.Name), place, answer => Math.Sin(2 * Math.PI * (answer - question.Low) / range)),
            ],
        };
    }
}
