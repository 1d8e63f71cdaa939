using Underpaint.Codes.Attributes;
using Underpaint.Codes.Probes;

namespace Underpaint.Codes.Directions.Fitting;

/// <summary>Learns <see cref="CodeCurves"/>: attributes from codes, and codes from attributes.</summary>
internal static class CurveFitter
{
    // A held-out code costs as much as all examples are long.
    private const int MostJudged = 2000;

    /// <summary>Fits.</summary>
    /// <param name="training">The codes to learn from.</param>
    /// <param name="judging">Held-out codes, which tell how relevant each attribute is.</param>
    /// <param name="attributes">The attributes of all images.</param>
    /// <param name="options">How many codes to learn from, and the seed of their choice.</param>
    public static CodeCurves Fit(StandardizedCodes training, StandardizedCodes judging, IReadOnlyList<AttributeValues> attributes, DirectionOptions options)
    {
        training = CurveSample.Of(training, attributes, options.CurveExamples, options.Seed);
        judging = CurveSample.Of(judging, attributes, MostJudged, options.Seed);
        var space = new AttributeSpace([.. attributes.Select(attribute => AxisOf(attribute, training.Of(attribute.Values)))]);
        KernelScore reader = KernelRegression.Fit(training.Inputs, Rows(training, attributes, space.Standardize), training.Count);
        space = new([.. space.Axes.Zip(Relevances(reader, space, judging, attributes), (axis, relevance) => axis with { Relevance = relevance })]);
        KernelScore writer = KernelRegression.Fit(Rows(training, attributes, space.Weigh), training.Inputs, training.Count);
        return new(space, reader, writer, Explained(writer, space, judging, attributes));
    }

    private static AttributeAxis AxisOf(AttributeValues attribute, double[] values)
    {
        double mean = values.Average(), low = values.Min(), high = values.Max();
        // Rounding would give numbers that are all the same a deviation, too.
        double deviation = low < high ? Math.Sqrt(values.Average(value => (value - mean) * (value - mean))) : 0;
        return new(attribute.IsBinary, attribute.Factor, mean, deviation, low, high, Relevance: 1);
    }

    private static double[] Rows(StandardizedCodes part, IReadOnlyList<AttributeValues> attributes, Func<IReadOnlyList<double>, double[]> scale) =>
        [.. part.Places.SelectMany(place => scale([.. attributes.Select(attribute => attribute.Values[place])]))];

    private static IEnumerable<double> Relevances(KernelScore reader, AttributeSpace space, StandardizedCodes judging, IReadOnlyList<AttributeValues> attributes)
    {
        double[][] told = [.. Enumerable.Range(0, judging.Count).Select(i => reader.Of(judging.CodeAt(i)))];
        double[][] truth = [.. judging.Places.Select(place => space.Standardize([.. attributes.Select(attribute => attribute.Values[place])]))];
        return Enumerable.Range(0, attributes.Count).Select(a => Math.Max(0,
            ExplainedVariance.Of([.. told.Select(values => values[a])], [.. truth.Select(values => values[a])]) ?? 0));
    }

    private static double Explained(KernelScore writer, AttributeSpace space, StandardizedCodes judging, IReadOnlyList<AttributeValues> attributes)
    {
        double[] inputs = Rows(judging, attributes, space.Weigh);
        double error = 0, spread = 0;
        for (int i = 0; i < judging.Count; i++)
        {
            double[] guess = writer.Of(inputs.AsSpan(i * attributes.Count, attributes.Count));
            ReadOnlySpan<double> code = judging.CodeAt(i);
            for (int d = 0; d < guess.Length; d++)
            {
                error += (code[d] - guess[d]) * (code[d] - guess[d]);
                spread += code[d] * code[d];
            }
        }
        return spread > 0 ? 1 - error / spread : 0;
    }
}
