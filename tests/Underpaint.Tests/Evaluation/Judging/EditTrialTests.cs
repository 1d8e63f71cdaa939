using Underpaint.Codes.Directions;
using Underpaint.Data.Synthetic;
using Underpaint.Evaluation.Judging;
using Underpaint.Tests.Codes;

namespace Underpaint.Tests.Evaluation.Judging;

public sealed class EditTrialTests : IDisposable
{
    private static readonly EditTrialOptions Quick = new() { InversionSteps = 2, Decoding = new() { Steps = 2 } };

    private static readonly JudgeDescription Description = new()
    {
        Version = 1,
        Options = new(),
        Data = "shapes",
        Fingerprint = "f",
        TrainingImages = 1,
        HeldOutImages = 1,
        Precision = "float32",
        Threads = 1,
        Questions =
        [
            new("shape", QuestionKind.Class, 0, 2, ["circle", "square", "star"]),
            new("size", QuestionKind.Continuous, 0, 10, []),
            new("hue", QuestionKind.Circular, 0, 360, []),
        ],
        Scores = [new("shape", 0.9, null, 0.1, 1), new("size", null, 0.9, 0.5, 1.5), new("hue", null, 0.9, 5, 20)],
    };

    private readonly DiffusionAutoencoder _model = TinyModel.Create();
    private readonly Ornaments _images = Tiny.Images(20);
    private readonly Judge _judge;

    public EditTrialTests() =>
        _judge = Judge.Train(_images, new() { Size = 8, Channels = 8, Features = 12, Images = 64, Batch = 16, HeldOut = 10 }, Tiny.Device);

    public void Dispose()
    {
        _judge.Dispose();
        _images.Dispose();
        _model.Dispose();
    }

    [Theory]
    [InlineData("shape=star", 0, 2, true)]
    [InlineData("shape=star", 0, 1, false)]
    [InlineData("shape=star", 2, 1, true)]
    [InlineData("shape=star", 2, 2, false)]
    [InlineData("size", 2, 2.4, false)]
    [InlineData("size", 2, 2.6, true)]
    [InlineData("size", 2, 1, false)]
    [InlineData("size", 8, 7, true)]
    [InlineData("hue-cos", 95, 85, true)]
    [InlineData("hue-cos", 95, 105, false)]
    [InlineData("hue-cos", 95, 2, true)]
    [InlineData("hue-cos", 10, 20, true)]
    [InlineData("hue-cos", 10, 11, false)]
    [InlineData("hue-sin", 350, 1, true)]
    [InlineData("hue-sin", 10, 355, true)]
    public void What_changed_went_to_the_other_side_by_more_than_the_judge_is_usually_wrong(string name, double before, double after, bool changed)
    {
        AttributeReading attribute = AttributeReading.AllOf(Description).Single(each => each.Name == name);
        Assert.Equal(changed, EditTrial.HasChanged(attribute, Description, Answers(before), Answers(after)));

        double[] Answers(double value) => [.. Enumerable.Range(0, 3).Select(question => question == attribute.Question ? value : 0)];
    }

    [Theory]
    [InlineData(0, 1, 1, true)]
    [InlineData(0, 1, 0, false)]
    [InlineData(1, 3, 4.5, true)]
    [InlineData(1, 3, 4.6, false)]
    [InlineData(2, 350, 9, true)]
    [InlineData(2, 350, 11, false)]
    public void What_stayed_is_within_the_error_of_most_answers_and_a_class_is_the_same(int question, double before, double after, bool stayed) =>
        Assert.Equal(stayed, EditTrial.HasStayed(question, Description, [before, before, before], [after, after, after]));

    [Fact]
    public void A_judge_of_classes_tells_each_class_by_its_own_name()
    {
        JudgeDescription classes = Description with { Questions = [JudgeQuestion.OfClasses(["cat", "dog"])] };
        Assert.Equal(["cat", "dog"], AttributeReading.AllOf(classes).Select(attribute => attribute.Name));
    }

    [Fact]
    public void Images_that_are_not_moved_keep_everything()
    {
        int counted = 0;
        IReadOnlyList<JudgedEdit> edits = EditTrial.Run(_model, _images, Directions(_model, "size", "shape=star", "hat"), _judge, Quick with { Strength = 0 }, [], () => counted++);
        Assert.Equal(["size", "shape=star"], edits.Select(edit => edit.Direction));
        Assert.Equal(["size", "shape"], edits.Select(edit => edit.Question));
        Assert.All(edits, edit => Assert.Equal((0, 1), (edit.Changed.Mean, edit.MeanKept)));
        Assert.All(edits, edit => Assert.Equal(11, edit.Kept.Count));
        Assert.Equal(20, counted);
    }

    [Fact]
    public void Images_that_are_moved_far_keep_less()
    {
        JudgedEdit edit = EditTrial.Run(_model, _images, Directions(_model, "size", "x"), _judge, Quick with { Strength = 50, Directions = ["x"] }, []).Single();
        Assert.Equal("x", edit.Direction);
        Assert.True(edit.MeanKept < 1);
        Assert.Equal(edit.Kept.Min(kept => kept.Share), edit.LeastKept!.Share);
    }

    [Fact]
    public void Images_are_moved_as_far_as_each_direction_suggests()
    {
        IReadOnlyList<JudgedEdit> edits = EditTrial.Run(_model, _images, Directions(_model, "size", "shape=star"), _judge, Quick, []);
        Assert.Equal([0.25, 1], edits.Select(edit => edit.Strength));
    }

    [Fact]
    public void Directions_that_the_judge_cannot_tell_and_those_of_another_model_are_refused_before_any_work()
    {
        using DiffusionAutoencoder other = TinyModel.Create(seed: 2);
        Assert.Contains("cannot tell any of these", Refusal<UnderpaintException>(_model, Quick));
        Assert.Contains("cannot tell \"hat\"; it tells shape=", Refusal<UnderpaintException>(_model, Quick with { Directions = ["hat"] }));
        Assert.Contains("no direction \"wings\"", Refusal<UnderpaintException>(_model, Quick with { Directions = ["wings"] }));
        Assert.Contains("no curves", Refusal<UnderpaintException>(_model, Quick with { Along = DirectionKind.Curve }));
        Refusal<FileFormatException>(other, Quick);

        string Refusal<T>(DiffusionAutoencoder owner, EditTrialOptions options) where T : Exception =>
            Assert.Throws<T>(() => EditTrial.Run(_model, _images, Directions(owner, "hat"), _judge, options, [])).Message;
    }

    private static DirectionSet Directions(DiffusionAutoencoder model, params string[] names) => new()
    {
        Model = model.Identity,
        Statistics = new(new double[16], [.. Enumerable.Repeat(1.0, 16)]),
        Directions =
        [
            .. names.Select(name => new Direction
            {
                Name = name,
                IsBinary = name.Contains('='),
                ProbeUnit = 1,
                Examples = [],
                Effect = [.. Enumerable.Repeat(1f, 16)],
                Probe = new float[16],
            }),
        ],
    };
}
