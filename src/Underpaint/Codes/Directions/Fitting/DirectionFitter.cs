using Underpaint.Codes.Attributes;
using Underpaint.Codes.Probes;

namespace Underpaint.Codes.Directions.Fitting;

/// <summary>
/// Fits directions for attributes, on codes standardised by the statistics of the images that they are fitted on: what the attribute changes in codes, for this very image (a curve) and
/// on average (an effect), and a probe that tells it from the code (logistic regression for binary attributes, ridge regression for numbers), which is judged on images that were held out.
/// </summary>
public static class DirectionFitter
{
    // Fewer make directions of chance.
    private const int FewExamples = 50;
    private const int FewHeldOut = 10;
    private const int FewPerNumber = 2;

    /// <summary>Fits directions.</summary>
    /// <param name="data">The codes and the attributes of their images.</param>
    /// <param name="options">How.</param>
    /// <param name="unfitted">Attributes in which the images to fit on are all alike are added to it, and left out of the result.</param>
    /// <param name="done">Told after each attribute.</param>
    /// <param name="stop">Stops between directions.</param>
    /// <exception cref="UnderpaintException">There are too few images, or those to fit on are alike in every attribute.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static DirectionSet Fit(LabelledCodes data, DirectionOptions options, ICollection<UnfittedDirection>? unfitted = null, Action? done = null,
        CancellationToken stop = default)
    {
        var (toFit, heldOut) = FittingSplit.Of(data, options);
        float[] codes = data.Codes.CodesAt(toFit);
        CodeStatistics statistics = CodeStatistics.Of([codes], data.Codes.CodeSize);
        var training = new StandardizedCodes(toFit, statistics.Standardize(codes));
        var judging = new StandardizedCodes(heldOut, statistics.Standardize(data.Codes.CodesAt(heldOut)));
        AttributeValues[] attributes = [.. data.Attributes.Where(attribute => training.DifferIn(attribute.Values))];
        if (attributes.Length == 0)
            throw new UnderpaintException($"The {training.Count} images to fit on are alike in every attribute.", "Add images that differ, or give other attributes.");
        foreach (AttributeValues attribute in data.Attributes.Except(attributes))
        {
            unfitted?.Add(new(attribute.Name, $"the {training.Count} images to fit on are all alike in it"));
            done?.Invoke();
        }
        var directions = new List<Direction>();
        foreach (var (attribute, effect) in attributes.Zip(AttributeEffects.Fit(training, attributes)))
        {
            stop.ThrowIfCancellationRequested();
            directions.Add(attribute.IsBinary
                ? FitBinary(attribute, effect, training, judging, options)
                : FitNumber(attribute, effect, training, judging, options));
            done?.Invoke();
        }
        stop.ThrowIfCancellationRequested();
        CodeCurves? curves = options.CurveExamples > 0 ? CurveFitter.Fit(training, judging, attributes, options) : null;
        return new()
        {
            Model = data.Codes.Origin.Model,
            Statistics = statistics,
            Directions = curves is null ? directions : [.. directions.Select((direction, place) => curves.Has(place) ? direction : WithoutCurve(direction, curves.Examples))],
            Curves = curves,
        };
    }

    private static Direction FitBinary(
        AttributeValues attribute, double[] effect, StandardizedCodes training, StandardizedCodes judging, DirectionOptions options)
    {
        bool[] labels = [.. training.Of(attribute.Values).Select(value => value > 0)];
        bool[] held = [.. judging.Of(attribute.Values).Select(value => value > 0)];
        int have = labels.Count(label => label), haveHeld = held.Count(label => label);
        LinearScore score = LogisticRegression.Fit(training.Inputs, labels, options.Penalty);
        double[] along = Along(training, score);
        double without = Enumerable.Range(0, along.Length).Where(i => !labels[i]).Average(i => along[i]);
        double with = Enumerable.Range(0, along.Length).Where(i => labels[i]).Average(i => along[i]);
        bool isJudged = haveHeld > 0 && haveHeld < held.Length;
        return new()
        {
            Name = attribute.Name,
            IsBinary = true,
            Effect = ToFloats(effect, scale: 1 / DeviationOf(training.Of(attribute.Values))),
            Probe = ToFloats(score.Weights),
            ProbeUnit = with - without,
            Examples = [have, labels.Length - have],
            Scores = isJudged ? BinaryScores.Of(score.Of(judging.Inputs), held) : null,
            Warning = WarningOf(Math.Min(have, labels.Length - have), Math.Min(haveHeld, held.Length - haveHeld)),
        };
    }

    private static Direction FitNumber(
        AttributeValues attribute, double[] effect, StandardizedCodes training, StandardizedCodes judging, DirectionOptions options)
    {
        double[] values = training.Of(attribute.Values), held = judging.Of(attribute.Values);
        LinearScore score = RidgeRegression.Fit(training.Inputs, values, options.Penalty);
        double[] along = Along(training, score);
        double mean = values.Average(), meanAlong = along.Average(), deviation = DeviationOf(values);
        double together = values.Zip(along, (value, place) => (value - mean) * (place - meanAlong)).Average();
        return new()
        {
            Name = attribute.Name,
            IsBinary = false,
            Effect = ToFloats(effect, scale: 2),
            Probe = ToFloats(score.Weights),
            ProbeUnit = deviation > 0 ? 2 * together / deviation : 0,
            Examples = [values.Length],
            Explained = ExplainedVariance.Of(score.Of(judging.Inputs), held),
            Warning = values.Length < FewPerNumber * score.Weights.Length
                ? $"fitted on {values.Length} images, fewer than {FewPerNumber} for each of the code's {score.Weights.Length} numbers"
                : null,
        };
    }

    private static double DeviationOf(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static Direction WithoutCurve(Direction direction, int examples)
    {
        string warning = $"the {examples} images that curves were learnt from are all alike in it, so it follows its effect";
        return direction with { Warning = direction.Warning is { } other ? $"{other}; {warning}" : warning };
    }

    private static string? WarningOf(int fitted, int heldOut)
    {
        if (fitted < FewExamples)
            return $"fitted on {fitted} examples of the rarer kind; {FewExamples} and more make a steady direction";
        return heldOut < FewHeldOut ? $"judged by {heldOut} examples of the rarer kind only" : null;
    }

    private static float[] ToFloats(double[] weights, double scale = 1) => Array.ConvertAll(weights, weight => (float)(weight * scale));

    // How far each image is along a direction, in amounts of Diff-AE.
    private static double[] Along(StandardizedCodes part, LinearScore score)
    {
        double length = Math.Sqrt(DoubleVectors.Dot(score.Weights, score.Weights) * score.Weights.Length);
        return [.. score.Of(part.Inputs).Select(value => length > 0 ? (value - score.Bias) / length : 0)];
    }
}
