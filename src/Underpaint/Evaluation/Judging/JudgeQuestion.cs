using System.Text.Json.Serialization;
using Underpaint.Data.Synthetic;

namespace Underpaint.Evaluation.Judging;

/// <summary>
/// One thing that a judge tells about an image: its class, or a number. The judge's network has a few outputs for each question;
/// what they mean, and how wrong they are, is said here.
/// </summary>
/// <param name="Name">What is asked, such as "class" or "size".</param>
/// <param name="Kind">What the answers are.</param>
/// <param name="Low">The lowest answer; 0 for classes.</param>
/// <param name="High">The highest answer; the last class.</param>
/// <param name="ClassNames">The classes' names; empty for numbers.</param>
public sealed record JudgeQuestion(string Name, QuestionKind Kind, double Low, double High, IReadOnlyList<string> ClassNames)
{
    private const string ClassName = "class";

    // Makes a guess at the middle cost about as much as one among two or three classes.
    private const double ContinuousWeight = 3;

    /// <summary>How many outputs of the network answer it: one for each class, one for a number, two for a number on a circle.</summary>
    [JsonIgnore]
    public int Outputs => Kind switch
    {
        QuestionKind.Class => ClassNames.Count,
        QuestionKind.Continuous => 1,
        _ => 2,
    };

    /// <summary>Whether it asks for an image's class, and not for one factor of several.</summary>
    [JsonIgnore]
    public bool AsksForClass => Name == ClassName;

    /// <summary>The question for an image's class.</summary>
    /// <param name="names">The classes' names.</param>
    public static JudgeQuestion OfClasses(IReadOnlyList<string> names) => new(ClassName, QuestionKind.Class, 0, names.Count - 1, names);

    /// <summary>The question for a factor of the built-in images.</summary>
    /// <param name="factor">The factor.</param>
    public static JudgeQuestion OfFactor(OrnamentFactor factor) => new(factor.Name, factor.Kind switch
    {
        OrnamentFactorKind.Class => QuestionKind.Class,
        OrnamentFactorKind.Continuous => QuestionKind.Continuous,
        _ => QuestionKind.Circular,
    }, factor.Low, factor.High, factor.ClassNames);

    /// <summary>The answer that outputs stand for: the likeliest class, or the number, within its range.</summary>
    /// <param name="outputs"><see cref="Outputs"/> numbers.</param>
    public double Answer(ReadOnlySpan<float> outputs) => Kind switch
    {
        QuestionKind.Class => IndexOfLargest(outputs),
        QuestionKind.Continuous => Low + (Math.Clamp(outputs[0], -1, 1) + 1) / 2 * (High - Low),
        _ => Wrap(Low + Math.Atan2(outputs[1], outputs[0]) / (2 * Math.PI) * (High - Low)),
    };

    /// <summary>How far an answer is from the truth: 0 or 1 for classes, else in the question's own unit, on a circle the shorter way.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="truth">The truth.</param>
    public double Distance(double answer, double truth)
    {
        double difference = Math.Abs(answer - truth);
        return Kind switch
        {
            QuestionKind.Class => answer == truth ? 0 : 1,
            QuestionKind.Continuous => difference,
            _ => Math.Min(difference, High - Low - difference),
        };
    }

    /// <summary>What outputs cost, and how the cost changes with them.</summary>
    /// <param name="outputs"><see cref="Outputs"/> numbers.</param>
    /// <param name="truth">The true answer.</param>
    /// <param name="slopes">Written: the cost's derivative by each output.</param>
    /// <returns>Cross-entropy of a class; squared error of a number, scaled to −1 … 1, or of its point on the unit circle.</returns>
    internal double Cost(ReadOnlySpan<float> outputs, double truth, Span<float> slopes)
    {
        switch (Kind)
        {
            case QuestionKind.Class:
                return CrossEntropy(outputs, (int)truth, slopes);
            case QuestionKind.Continuous:
                return SquaredError(outputs, [2 * (truth - Low) / (High - Low) - 1], ContinuousWeight, slopes);
            default:
                double angle = 2 * Math.PI * (truth - Low) / (High - Low);
                return SquaredError(outputs, [Math.Cos(angle), Math.Sin(angle)], 1, slopes);
        }
    }

    private static double CrossEntropy(ReadOnlySpan<float> outputs, int truth, Span<float> slopes)
    {
        double largest = outputs[IndexOfLargest(outputs)], sum = 0;
        foreach (float output in outputs)
            sum += Math.Exp(output - largest);
        for (int i = 0; i < outputs.Length; i++)
            slopes[i] = (float)(Math.Exp(outputs[i] - largest) / sum - (i == truth ? 1 : 0));
        return Math.Log(sum) - (outputs[truth] - largest);
    }

    private static double SquaredError(ReadOnlySpan<float> outputs, ReadOnlySpan<double> targets, double weight, Span<float> slopes)
    {
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            double error = outputs[i] - targets[i];
            sum += weight * error * error;
            slopes[i] = (float)(2 * weight * error);
        }
        return sum;
    }

    private static int IndexOfLargest(ReadOnlySpan<float> outputs)
    {
        int largest = 0;
        for (int i = 1; i < outputs.Length; i++)
            largest = outputs[i] > outputs[largest] ? i : largest;
        return largest;
    }

    private double Wrap(double answer) => answer < Low ? answer + (High - Low) : answer;
}
