using TorchSharp;
using Underpaint.Training;
using static TorchSharp.torch;

namespace Underpaint.Tests.Training;

public sealed class CodePenaltyTests : IDisposable
{
    private const int Count = 6, Size = 4;
    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<CodePenalty> Penalties => [CodePenalty.None, CodePenalty.L2(0.7), CodePenalty.Decorrelation(0.7)];

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Penalties))]
    public void Slopes_are_what_the_cost_changes_by(CodePenalty penalty)
    {
        const double Step = 1e-5;
        double[] codes = Codes();
        double[] slopes = penalty.Of(TensorOf(codes)).Slopes.data<double>().ToArray();
        for (int i = 0; i < codes.Length; i++)
            Assert.Equal((CostWith(i, Step) - CostWith(i, -Step)) / (2 * Step), slopes[i], 1e-8);

        double CostWith(int place, double change)
        {
            double[] changed = [.. codes];
            changed[place] += change;
            return penalty.Of(TensorOf(changed)).Cost;
        }
    }

    [Fact]
    public void L2_is_the_weighted_mean_square() =>
        Assert.Equal(0.5 * Codes().Average(value => value * value), CodePenalty.L2(0.5).Of(TensorOf(Codes())).Cost, 1e-12);

    [Fact]
    public void Numbers_that_go_together_cost_everything_and_independent_ones_nothing_whatever_their_size()
    {
        Assert.Equal(2, CodePenalty.Decorrelation(2).Of(tensor(new double[,] { { 1, 30 }, { 2, 20 }, { 3, 10 } })).Cost, 1e-6);
        Assert.Equal(0, CodePenalty.Decorrelation(2).Of(tensor(new double[,] { { 1, 10 }, { -1, 10 }, { 1, -10 }, { -1, -10 } })).Cost, 1e-12);
    }

    [Fact]
    public void A_number_that_never_changes_and_a_batch_of_one_cost_nothing()
    {
        var (cost, slopes) = CodePenalty.Decorrelation(1).Of(tensor(new double[,] { { 1, 5 }, { 2, 5 }, { 3, 5 } }));
        Assert.Equal(0, cost);
        Assert.Equal(0, slopes.abs().max().ToDouble());
        Assert.Equal(0, CodePenalty.Decorrelation(1).Of(tensor(new double[,] { { 1, 5 } })).Cost);
    }

    private static double[] Codes() => [.. Enumerable.Range(0, Count * Size).Select(i => Math.Sin(i * i) + 0.3 * (i % Size))];

    private static Tensor TensorOf(double[] codes) => tensor(codes).view(Count, Size);
}
