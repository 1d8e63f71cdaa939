namespace Underpaint.Codes.Probes;

/// <summary>
/// Multinomial logistic regression: the mean cross-entropy plus half the penalty times the sum of the squared weights (not of the biases) is as small as it can be.
/// </summary>
internal sealed class SoftmaxRegression
{
    private SoftmaxRegression(double[] parameters, int classes) => (Parameters, Classes) = (parameters, classes);

    /// <summary>Of each class its weights and then its bias, (classes, size + 1).</summary>
    public double[] Parameters { get; }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>Fits.</summary>
    /// <param name="inputs">(N, size), best standardised.</param>
    /// <param name="labels">0 … <paramref name="classes"/> − 1, N of them.</param>
    /// <param name="classes">How many classes there are, at least 1.</param>
    /// <param name="penalty">Of the squared weights, at least 0.</param>
    /// <param name="tolerance">No component of the gradient is larger at the end.</param>
    public static SoftmaxRegression Fit(double[] inputs, int[] labels, int classes, double penalty, double tolerance)
    {
        int size = inputs.Length / labels.Length;
        return new(LimitedMemoryBfgs.Minimize((at, gradient) => Loss(inputs, labels, classes, size, penalty, at, gradient),
            new double[classes * (size + 1)], tolerance), classes);
    }

    /// <summary>What is minimised, and its gradient.</summary>
    public static double Loss(double[] inputs, int[] labels, int classes, int size, double penalty, double[] at, double[] gradient)
    {
        double loss = 0;
        double[] scores = new double[classes];
        Array.Clear(gradient);
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<double> input = inputs.AsSpan(i * size, size);
            Score(at, input, scores);
            double highest = scores.Max(), sum = 0;
            foreach (double score in scores)
                sum += Math.Exp(score - highest);
            loss += (highest + Math.Log(sum) - scores[labels[i]]) / labels.Length;
            for (int c = 0; c < classes; c++)
            {
                double error = (Math.Exp(scores[c] - highest) / sum - (c == labels[i] ? 1 : 0)) / labels.Length;
                Span<double> row = gradient.AsSpan(c * (size + 1), size + 1);
                DoubleVectors.AddTo(row[..size], input, error);
                row[size] += error;
            }
        }
        for (int c = 0; c < classes; c++)
        {
            ReadOnlySpan<double> weights = at.AsSpan(c * (size + 1), size);
            loss += penalty / 2 * DoubleVectors.Dot(weights, weights);
            DoubleVectors.AddTo(gradient.AsSpan(c * (size + 1), size), weights, penalty);
        }
        return loss;
    }

    /// <summary>The class that is likeliest; of equally likely ones the first.</summary>
    /// <param name="input">Prepared as the inputs were.</param>
    public int Predict(ReadOnlySpan<double> input)
    {
        var scores = new double[Classes];
        Score(Parameters, input, scores);
        return Array.IndexOf(scores, scores.Max());
    }

    private static void Score(double[] parameters, ReadOnlySpan<double> input, double[] scores)
    {
        int size = input.Length;
        for (int c = 0; c < scores.Length; c++)
            scores[c] = DoubleVectors.Dot(parameters.AsSpan(c * (size + 1), size), input) + parameters[c * (size + 1) + size];
    }
}
