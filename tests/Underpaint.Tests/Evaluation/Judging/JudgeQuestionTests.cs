using Underpaint.Data.Synthetic;
using Underpaint.Evaluation.Judging;

namespace Underpaint.Tests.Evaluation.Judging;

public class JudgeQuestionTests
{
    private static readonly JudgeQuestion Class = JudgeQuestion.OfClasses(["cat", "dog", "frog"]);
    private static readonly JudgeQuestion Size = Factor("size"), Hue = Factor("hue");

    [Fact]
    public void The_slopes_are_those_of_the_cost()
    {
        foreach (var (question, truth) in ((JudgeQuestion, double)[])[(Class, 2), (Size, 0.3), (Hue, 350)])
        {
            float[] outputs = [.. Enumerable.Range(0, question.Outputs).Select(i => 0.7f - 0.4f * i)], slopes = new float[outputs.Length];
            question.Cost(outputs, truth, slopes);
            for (int i = 0; i < outputs.Length; i++)
                Assert.Equal((Moved(i, 1e-2f) - Moved(i, -1e-2f)) / 2e-2, slopes[i], 1e-3);

            double Moved(int i, float by)
            {
                float[] moved = [.. outputs];
                moved[i] += by;
                return question.Cost(moved, truth, new float[moved.Length]);
            }
        }
    }

    [Fact]
    public void Outputs_that_cost_nothing_answer_the_truth()
    {
        foreach (double hue in (double[])[0, 12, 179, 181, 350])
        {
            float[] outputs = [(float)Math.Cos(hue * Math.PI / 180), (float)Math.Sin(hue * Math.PI / 180)];
            Assert.Equal(0, Hue.Cost(outputs, hue, new float[2]), 1e-12);
            Assert.Equal(hue, Hue.Answer(outputs), 1e-4);
        }
        float[] middle = [0];
        Assert.Equal(0, Size.Cost(middle, 0.28, new float[1]), 1e-12);
        Assert.Equal(0.28, Size.Answer(middle), 1e-12);
        float[] certain = [-50, -50, 50];
        Assert.Equal(0, Class.Cost(certain, 2, new float[3]), 1e-12);
        Assert.Equal(2, Class.Answer(certain));
    }

    [Fact]
    public void Answers_keep_to_the_range()
    {
        Assert.Equal(Size.High, Size.Answer([7]));
        Assert.Equal(Size.Low, Size.Answer([-7]));
        Assert.InRange(Hue.Answer([1, -1e-9f]), 0, 360);
    }

    [Fact]
    public void Not_to_know_costs_about_the_same_for_every_question()
    {
        Assert.Equal(Math.Log(3), Class.Cost(new float[3], 0, new float[3]), 1e-12);
        Assert.Equal(1, Hue.Cost(new float[2], 77, new float[2]), 1e-12);
        double[] sizes = [.. Enumerable.Range(0, 101).Select(i => Size.Low + i / 100.0 * (Size.High - Size.Low))];
        Assert.Equal(1, sizes.Average(size => Size.Cost(new float[1], size, new float[1])), 0.03);
    }

    [Fact]
    public void Large_outputs_do_not_overflow()
    {
        var slopes = new float[3];
        Assert.Equal(3000, Class.Cost([1000, -2000, 0], 1, slopes), 1e-6);
        Assert.Equal([1, -1, 0], slopes);
    }

    [Fact]
    public void Distances_on_a_circle_go_the_shorter_way()
    {
        Assert.Equal(20, Hue.Distance(350, 10), 1e-12);
        Assert.Equal(0.02, Size.Distance(0.25, 0.27), 1e-12);
        Assert.Equal(1, Class.Distance(1, 2));
        Assert.Equal(0, Class.Distance(1, 1));
    }

    private static JudgeQuestion Factor(string name) => JudgeQuestion.OfFactor(OrnamentFactor.All.Single(factor => factor.Name == name));
}
