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
        foreach (DirectionKind kind in Enum.GetValues<DirectionKind>())
            Assert.Equal(code, set.Move(code, [new("place", 1), new("white", 0)], multiple: 0, kind));
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
    public void A_number_of_the_code_that_never_changed_stays_as_it_is()
    {
        LabelledCodes things = Things(200);
        CodeTable wider = things.Codes with
        {
            Origin = things.Codes.Origin with { CodeSize = 3 },
            Rows = things.Codes.Rows with { Codes = [.. things.Codes.Rows.Codes.Chunk(2).SelectMany(code => code.Append(5f))] },
        };
        DirectionSet set = DirectionFitter.Fit(things with { Codes = wider }, new());
        foreach (DirectionKind kind in Enum.GetValues<DirectionKind>())
            Assert.Equal(9, set.Move([0.5f, 1, 9], [new("place", 0.5)], kind: kind)[2]);
    }

    [Fact]
    public void A_rare_kind_is_among_the_images_that_curves_are_learnt_from()
    {
        LabelledCodes data = Things(300);
        int[] last = LastToBeDrawn(data, 3);
        AttributeValues rare = new("rare", [.. Enumerable.Range(0, 300).Select(i => last.Contains(i) ? 1.0 : 0)], IsBinary: true);
        DirectionSet set = DirectionFitter.Fit(data with { Attributes = [.. data.Attributes, rare] }, new() { CurveExamples = 50 });
        Assert.True(set.Curves!.Has(2));
        Assert.Equal(50, set.Curves.Examples);
    }

    [Fact]
    public void An_attribute_in_which_these_images_are_alike_follows_its_effect_and_says_so()
    {
        LabelledCodes data = Things(300);
        int[] last = LastToBeDrawn(data, 2);
        AttributeValues odd = new("odd", [.. Enumerable.Range(0, 300).Select(i => i == last[0] ? 7 : i == last[1] ? 9 : 0.1)], IsBinary: false);
        DirectionSet set = DirectionFitter.Fit(data with { Attributes = [.. data.Attributes, odd] }, new() { CurveExamples = 50 });
        Assert.False(set.Curves!.Has(2));
        Assert.Contains("50 images that curves were learnt from are all alike in it", set.Find("odd").Warning);
        Assert.Contains("its effect is followed", set.WarningOf("odd"));
        Assert.Null(set.WarningOf("odd", DirectionKind.Effect));
        float[] code = CodeOf(1, 0.2), moved = set.Move(code, [new("odd", 1)]);
        Assert.NotEqual(code, moved);
        Assert.Equal(set.Move(code, [new("odd", 1)], kind: DirectionKind.Effect), moved);
        Assert.Equal(set.Move(set.Move(code, [new("place", 0.5)]), [new("odd", 1)], kind: DirectionKind.Effect), set.Move(code, [new("odd", 1), new("place", 0.5)]));
        set.Save(_folder.File("d.safetensors"));
        Assert.Equal(moved, DirectionSet.Load(_folder.File("d.safetensors")).Move(code, [new("odd", 1)]));
    }

    [Fact]
    public void A_curve_of_what_codes_do_not_tell_is_warned_about()
    {
        LabelledCodes data = Things(300);
        var random = new RandomSource(5, "hidden");
        AttributeValues hidden = new("hidden", [.. Enumerable.Range(0, 300).Select(_ => random.NextDouble())], IsBinary: false);
        DirectionSet set = DirectionFitter.Fit(data with { Attributes = [.. data.Attributes, hidden] }, new());
        Assert.Contains("--along effect", set.WarningOf("hidden"));
        Assert.Null(set.WarningOf("hidden", DirectionKind.Effect));
        Assert.Null(set.WarningOf("place"));
        Assert.Throws<UnderpaintException>(() => set.WarningOf("hat"));
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

    // Images to fit on that no curve of fewer would be learnt from, were it for chance alone.
    private static int[] LastToBeDrawn(LabelledCodes data, int count)
    {
        int[] fitted = FittingSplit.Of(data, new()).Fitted;
        return [.. new RandomSource(0, "curves").NextOrder(fitted.Length)[^count..].Select(i => fitted[i])];
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
