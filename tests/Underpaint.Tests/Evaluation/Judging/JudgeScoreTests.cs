using Underpaint.Data.Synthetic;
using Underpaint.Evaluation.Judging;

namespace Underpaint.Tests.Evaluation.Judging;

public class JudgeScoreTests
{
    private static readonly JudgeQuestion Class = JudgeQuestion.OfClasses(["cat", "dog"]);
    private static readonly JudgeQuestion Hue = JudgeQuestion.OfFactor(OrnamentFactor.All.Single(factor => factor.Name == "hue"));
    private static readonly JudgeQuestion Tone = JudgeQuestion.OfFactor(OrnamentFactor.All.Single(factor => factor.Name == "background-tone"));

    [Fact]
    public void Classes_have_an_accuracy()
    {
        JudgeScore score = JudgeScore.Of(Class, [0, 1, 1, 0], [0, 1, 1, 1]);
        Assert.Equal((0.75, null, 0.25), (score.Accuracy, score.R2, score.MeanError));
    }

    [Fact]
    public void Numbers_have_a_share_of_explained_variance_and_an_error_that_nearly_all_keep_within()
    {
        double[] truths = [.. Enumerable.Range(0, 100).Select(i => i / 100.0)];
        double[] answers = [.. truths.Select((truth, i) => truth + (i < 95 ? 0.01 : 0.5))];
        JudgeScore score = JudgeScore.Of(Tone, answers, truths);
        Assert.Null(score.Accuracy);
        Assert.Equal(0.01, score.Error95, 1e-9);
        Assert.Equal((95 * 0.01 + 5 * 0.5) / 100, score.MeanError, 1e-9);
        double mean = truths.Average(), variance = truths.Sum(truth => (truth - mean) * (truth - mean));
        Assert.Equal(1 - (95 * 0.0001 + 5 * 0.25) / variance, score.R2!.Value, 1e-9);
    }

    [Fact]
    public void On_a_circle_right_answers_count_1_and_the_best_guess_0()
    {
        double[] truths = [350, 10, 30, 330];
        Assert.Equal(1, JudgeScore.Of(Hue, [350, 370, 30, 330], truths).R2!.Value, 1e-12);
        Assert.Equal(0, JudgeScore.Of(Hue, [0, 0, 0, 0], truths).R2!.Value, 1e-12);
    }

    [Fact]
    public void Where_the_truth_never_varies_nothing_can_be_explained() =>
        Assert.Null(JudgeScore.Of(Tone, [0.4, 0.5], [0.4, 0.4]).R2);
}
