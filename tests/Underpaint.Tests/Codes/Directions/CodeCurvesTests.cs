using Underpaint.Codes;
using Underpaint.Codes.Attributes;
using Underpaint.Codes.Directions;
using Underpaint.Codes.Directions.Fitting;
using Underpaint.Tests.Codes.Attributes;

namespace Underpaint.Tests.Codes.Directions;

public sealed class CodeCurvesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // A white thing on black, or a black thing on white, at some place: what moving it changes in a code has opposite signs for the two, and is nothing on average.
    [Fact]
    public void A_curve_does_for_each_image_what_a_line_can_only_do_for_the_average()
    {
        LabelledCodes data = Things(1500);
        DirectionSet set = DirectionFitter.Fit(data, new());
        Assert.InRange(set.Curves!.Explained, 0.9, 1);
        Assert.All(set.Curves.Told, told => Assert.InRange(told, 0.9, 1));
        float[] white = CodeOf(1, -0.5), black = CodeOf(-1, -0.5);
        var right = new CodeMove("place", 0.5);
        double deviation = Math.Sqrt(1 / 3.0);
        Assert.Equal(CodeOf(1, -0.5 + deviation), set.Move(white, [right]), (expected, actual) => Math.Abs(expected - actual) < 0.15);
        Assert.Equal(CodeOf(-1, -0.5 + deviation), set.Move(black, [right]), (expected, actual) => Math.Abs(expected - actual) < 0.15);
        Assert.Equal(white[0], set.Move(white, [right], kind: DirectionKind.Effect)[0], 0.15f);
    }

    [Fact]
    public void A_strength_of_zero_moves_nothing_and_an_end_is_an_end()
    {
        DirectionSet set = DirectionFitter.Fit(Things(600), new());
        float[] code = CodeOf(1, 0.5);
        Assert.All(code.Zip(set.Move(code, [new("place", 1)], multiple: 0)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.Equal(set.Move(code, [new("place", 2)]), set.Move(code, [new("place", 9)]));
    }

    [Fact]
    public void Curves_are_learnt_from_as_many_images_as_are_asked_for_or_not_at_all()
    {
        LabelledCodes data = Things(300);
        Assert.Equal(240, DirectionFitter.Fit(data, new()).Curves!.Examples);
        Assert.Equal(50, DirectionFitter.Fit(data, new() { CurveExamples = 50 }).Curves!.Examples);
        DirectionSet without = DirectionFitter.Fit(data, new() { CurveExamples = 0 });
        Assert.Equal(DirectionKind.Effect, without.Choose(null));
        Assert.Equal(without.Move([1, 1], [new("place", 1)]), without.Move([1, 1], [new("place", 1)], kind: DirectionKind.Effect));
        Assert.Contains("no curves", Assert.Throws<UnderpaintException>(() => without.Move([1, 1], [new("place", 1)], kind: DirectionKind.Curve)).Message);
    }

    [Fact]
    public void A_file_keeps_curves_to_the_bit_and_damaged_ones_are_refused()
    {
        DirectionSet set = DirectionFitter.Fit(Things(100), new());
        string path = _folder.File("d.safetensors");
        set.Save(path);
        float[] code = CodeOf(1, 0.2);
        Assert.Equal(set.Move(code, [new("place", 0.7), new("white", -1)]), DirectionSet.Load(path).Move(code, [new("place", 0.7), new("white", -1)]));

        void Refuses(string from, string to, string says)
        {
            byte[] bytes = File.ReadAllBytes(path);
            int at = bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(from));
            Assert.True(at >= 0 && from.Length == to.Length);
            System.Text.Encoding.UTF8.GetBytes(to).CopyTo(bytes, at);
            File.WriteAllBytes(_folder.File("bad.safetensors"), bytes);
            Assert.Contains(says, Assert.Throws<FileFormatException>(() => DirectionSet.Load(_folder.File("bad.safetensors"))).Message);
        }

        Refuses("curves.writer", "curves.wriTer", "has no curves.writer");
        Refuses("curves.codes", "curves.cOdes", "has no curves.codes");
        Refuses("\\\"relevance\\\":0", "\\\"relevance\\\":7", "cannot be");
    }

    private static LabelledCodes Things(int count)
    {
        var random = new RandomSource(11, "things");
        double[] white = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() < 0.5 ? 1.0 : 0)];
        double[] place = [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
        float[] codes = [.. Enumerable.Range(0, count).SelectMany(i => CodeOf(2 * white[i] - 1, place[i]).Select(value => (float)(value + 0.03 * random.NextGaussian())))];
        CodeTable table = AttributeSheetTests.Codes([.. Enumerable.Range(0, count).Select(i => $"{i}")]);
        table = table with { Origin = table.Origin with { CodeSize = 2 }, Rows = table.Rows with { Codes = codes } };
        return new(table, [new("white", white, IsBinary: true), new("place", place, IsBinary: false)]);
    }

    private static float[] CodeOf(double colour, double place) => [(float)(colour * place), (float)colour];
}
