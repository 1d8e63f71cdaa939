using TorchSharp;
using static TorchSharp.torch;

namespace Underpaint.Training;

/// <summary>What a phase asks of the codes themselves, beside what the decoder makes of them: a cost that is added to the loss.</summary>
public sealed record CodePenalty
{
    // Far below the variance of any number of a code that says something.
    private const double LeastVariance = 1e-8;

    private CodePenalty(string kind, double weight = 0) => (Kind, Weight) = (kind, weight);

    /// <summary>Nothing: codes are as the decoder wants them (the published choice).</summary>
    public static CodePenalty None { get; } = new("none");

    /// <summary>"none", "l2" or "decorrelation".</summary>
    public string Kind { get; }

    /// <summary>What the cost is multiplied with; 0 for none.</summary>
    public double Weight { get; }

    /// <summary>The mean square of the codes' numbers: keeps codes small.</summary>
    /// <param name="weight">Its weight, above 0.</param>
    public static CodePenalty L2(double weight) => new("l2", weight);

    /// <summary>
    /// The mean squared correlation, over a batch, of different numbers of a code (0 … 1): lets every number say something of its own.
    /// </summary>
    /// <param name="weight">Its weight, above 0.</param>
    public static CodePenalty Decorrelation(double weight) => new("decorrelation", weight);

    /// <summary>The weighted cost of a batch's codes, and how it changes with each of their numbers.</summary>
    /// <param name="codes">(N, code).</param>
    /// <returns>The cost, and its gradient, (N, code), of the codes' type; in the current dispose scope.</returns>
    internal (double Cost, Tensor Slopes) Of(Tensor codes)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        Tensor exact = codes.to(ScalarType.Float64);
        var (cost, slopes) = Kind switch
        {
            "l2" => Squares(exact),
            "decorrelation" => Correlations(exact),
            _ => (0, zeros_like(exact)),
        };
        using Scalar weight = Weight;
        return (Weight * cost, slopes.mul(weight).to(codes.dtype).MoveToOuterDisposeScope());
    }

    private static (double Cost, Tensor Slopes) Squares(Tensor codes)
    {
        using Scalar slope = 2.0 / codes.NumberOfElements;
        return (codes.square().mean().ToDouble(), codes.mul(slope));
    }

    private static (double Cost, Tensor Slopes) Correlations(Tensor codes)
    {
        long count = codes.size(0), size = codes.size(1);
        double perPair = size > 1 ? 1.0 / (size * (size - 1)) : 0;
        using Scalar one = 1, least = LeastVariance, perImage = 1.0 / count, steepness = 4 * perPair / count;

        // Standardise the codes over the batch.
        Tensor centred = codes - codes.mean([0]);                                             // (N, code)
        Tensor deviations = centred.square().mean([0]).add(least, one).sqrt();                // (code)
        Tensor standard = centred / deviations;

        // Correlate each number with every other.
        Tensor all = standard.transpose(0, 1).matmul(standard).mul(perImage);                 // (code, code)
        Tensor others = all - all.diagonal().diag();
        double cost = perPair * others.square().sum().ToDouble();

        // Carry it back through both.
        Tensor slopes = standard.matmul(others).mul(steepness);
        slopes = (slopes - standard * (slopes * standard).mean([0])) / deviations;
        return (cost, slopes - slopes.mean([0]));
    }
}
