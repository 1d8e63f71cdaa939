using Underpaint.Codes;
using Underpaint.Codes.Attributes;
using Underpaint.Codes.Directions;
using Underpaint.Codes.Directions.Fitting;
using Underpaint.Storage;
using Underpaint.Tests.Codes.Attributes;

namespace Underpaint.Tests.Codes.Directions;

public sealed class DirectionTests : IDisposable
{
    private const int Size = 8;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Codes_are_moved_as_the_official_code_moves_them()
    {
        using SafetensorsFile golden = SafetensorsFile.Open(SharedFiles.Path("golden", "diffae", "misc", "misc.safetensors"));
        float[] mean = golden.ReadFloats("manip.mean"), deviation = golden.ReadFloats("manip.std");
        float[] weights = golden.ReadFloats("manip.W")[(5 * 64)..(6 * 64)];
        var statistics = new CodeStatistics([.. mean.Select(value => (double)value)], [.. deviation.Select(value => (double)value)]);
        float[] moved = CodeMove.Apply(golden.ReadFloats("interp.z"), statistics, weights, amount: 0.3);
        Assert.All(moved.Zip(golden.ReadFloats("manip.out_cls5_amp0.3")), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    public void An_amount_of_zero_changes_no_bit_and_a_number_that_never_changed_stays()
    {
        var statistics = new CodeStatistics([0.1, 5], [1 / 3.0, 0]);
        Assert.Equal([0.7f, 9], CodeMove.Apply([0.7f, 9], statistics, [1, 1], amount: 0));
        Assert.Equal([0.7f + 0.5f / 3, 9], CodeMove.Apply([0.7f, 9], statistics, [1, 1], amount: 0.5), (expected, actual) => Math.Abs(expected - actual) < 1e-6f);
    }

    [Fact]
    public void Codes_and_directions_of_another_length_are_refused()
    {
        DirectionSet set = DirectionFitter.Fit(Sample(60), new());
        foreach (DirectionKind kind in Enum.GetValues<DirectionKind>())
            Assert.Contains($"{Size + 1} numbers are no whole codes", Assert.Throws<UnderpaintException>(() => set.Move(new float[Size + 1], [new("hat", 1)], kind: kind)).Message);
        Assert.Throws<ArgumentException>(() => CodeMove.Apply(new float[Size], set.Statistics, [1, 2], amount: 1));
    }

    [Fact]
    public void A_direction_points_where_the_attribute_lies_and_says_how_well_it_is_told()
    {
        DirectionSet set = DirectionFitter.Fit(Sample(2000), new());
        Direction hat = set.Find("hat"), age = set.Find("age");
        Assert.True(Cosine(hat.Probe, 2) > 0.95 && Cosine(age.Probe, 5) > 0.99);
        Assert.True(Cosine(hat.Effect, 2) > 0.95 && Cosine(age.Effect, 5) > 0.99);
        Assert.True(hat.Scores is { Accuracy: > 0.9, BalancedAccuracy: > 0.8, Auroc: > 0.95, AveragePrecision: > 0.8 });
        Assert.InRange(age.Explained!.Value, 0.95, 1);
        Assert.Equal(1600, hat.Examples.Sum());
        Assert.Null(hat.Warning);
    }

    [Fact]
    public void One_unit_leads_from_the_average_image_without_to_the_average_image_with_it()
    {
        LabelledCodes data = Sample(2000);
        DirectionSet set = DirectionFitter.Fit(data, new());
        double[] has = data.Attributes[0].Values;
        float[] MeanOf(double value) => [.. Enumerable.Range(0, Size).Select(d =>
            (float)Enumerable.Range(0, has.Length).Where(i => has[i] == value).Average(i => data.Codes.Rows.Codes[i * Size + d]))];
        foreach (DirectionKind kind in Enum.GetValues<DirectionKind>())
            Assert.Equal(MeanOf(1)[2], set.Move(MeanOf(0), [new("hat", 1)], kind: kind)[2], 0.3f);
        // Half a unit is one standard deviation, here ten years of three each.
        Assert.Equal(30, set.Move(new float[Size], [new("age", 0.5)], kind: DirectionKind.Effect)[5], 2f);
    }

    [Fact]
    public void An_effect_leaves_out_what_other_attributes_explain_and_is_as_large_as_what_images_differ_by()
    {
        // Half of the bearded are tall, and few others; codes show both, and a faint copy of the beard besides.
        var random = new RandomSource(3, "effects");
        double[] beard = [.. Enumerable.Range(0, 2000).Select(i => i % 2)];
        double[] tall = [.. beard.Select(has => random.NextDouble() < (has > 0 ? 0.7 : 0.1) ? 1.0 : 0)];
        float[] codes = [.. Enumerable.Range(0, 2000).SelectMany(i => new[]
        {
            (float)(2 * beard[i] + random.NextGaussian()), (float)(3 * tall[i] + random.NextGaussian()), (float)(0.01 * (2 * beard[i] + 0.1 * random.NextGaussian())),
        })];
        CodeTable table = AttributeSheetTests.Codes([.. Enumerable.Range(0, 2000).Select(i => $"{i}")]);
        table = table with { Origin = table.Origin with { CodeSize = 3 }, Rows = table.Rows with { Codes = codes } };
        DirectionSet set = DirectionFitter.Fit(new(table, [new("beard", beard, true), new("tall", tall, true)]), new());
        float[] moved = set.Move(new float[3], [new("beard", 1)], kind: DirectionKind.Effect);
        Assert.Equal([2, 0, 0.02f], moved, (expected, actual) => Math.Abs(expected - actual) < 0.2f);
        Assert.Equal(3, set.Move(new float[3], [new("tall", 1)], kind: DirectionKind.Effect)[1], 0.2f);
    }

    [Fact]
    public void Classes_of_which_one_follows_from_the_others_have_effects_too()
    {
        int[] labels = [.. Enumerable.Range(0, 900).Select(i => i % 3)];
        var random = new RandomSource(4, "classes");
        CodeTable table = AttributeSheetTests.Codes([.. Enumerable.Range(0, 900).Select(i => $"{i}")]);
        table = table with
        {
            Origin = table.Origin with { CodeSize = 3 },
            LabelNames = ["a", "b", "c"],
            Rows = table.Rows with { Labels = labels, Codes = [.. labels.SelectMany(label => Enumerable.Range(0, 3).Select(d => (float)(random.NextGaussian() * 0.3 + (d == label ? 3 : 0))))] },
        };
        DirectionSet set = DirectionFitter.Fit(LabelledCodes.FromClasses(table), new());
        float[] moved = set.Move([1, 1, 1], [new("b", 1)], kind: DirectionKind.Effect);
        Assert.Equal([0, 3, 0], moved, (expected, actual) => Math.Abs(expected - actual) < 0.3f);
    }

    [Fact]
    public void Several_moves_add_up_and_opposite_ones_cancel()
    {
        DirectionSet set = DirectionFitter.Fit(Sample(500), new());
        float[] code = [.. Enumerable.Range(0, Size).Select(i => (float)i)];
        DirectionKind straight = DirectionKind.Effect;
        float[] both = set.Move(code, [new("hat", 1), new("age", -0.5)], kind: straight);
        float[] oneByOne = set.Move(set.Move(code, [new("age", -1)], multiple: 0.5, straight), [new("hat", 1)], kind: straight);
        Assert.All(both.Zip(oneByOne), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        float[] back = set.Move(both, [new("hat", 1), new("age", -0.5)], multiple: -1, straight);
        Assert.All(code.Zip(back), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void Few_examples_are_warned_about()
    {
        LabelledCodes few = Sample(60);
        DirectionSet set = DirectionFitter.Fit(few, new());
        Assert.Contains("rarer kind", set.Find("hat").Warning);
        DirectionSet tiny = DirectionFitter.Fit(Sample(15), new());
        Assert.Contains("fewer than 2", tiny.Find("age").Warning);
        Assert.Throws<UnderpaintException>(() => DirectionFitter.Fit(Sample(2), new()));
    }

    [Fact]
    public void An_attribute_that_no_image_to_fit_on_has_is_left_out_and_one_that_no_held_out_image_has_is_not_judged()
    {
        LabelledCodes data = Sample(100);
        int[] order = new RandomSource(0, "attributes").NextOrder(100);
        var unfitted = new List<UnfittedDirection>();
        int done = 0;
        DirectionSet set = DirectionFitter.Fit(data with { Attributes = [Rare(order[0]), .. data.Attributes] }, new(), unfitted, () => done++);
        Assert.Equal(["hat", "age"], set.Directions.Select(direction => direction.Name));
        Assert.Equal(2, set.Curves!.Told.Count);
        Assert.Equal(("rare", 3), (Assert.Single(unfitted).Name, done));
        Assert.Contains("alike in every attribute",
            Assert.Throws<UnderpaintException>(() => DirectionFitter.Fit(data with { Attributes = [Rare(order[0])] }, new())).Message);
        Assert.Null(DirectionFitter.Fit(data with { Attributes = [Rare(order[99])] }, new()).Find("rare").Scores);
    }

    [Fact]
    public void Two_images_of_a_kind_come_to_one_part_each_and_else_chance_divides_them()
    {
        LabelledCodes data = Sample(100);
        int[] order = new RandomSource(0, "attributes").NextOrder(100);
        var (fitted, heldOut) = FittingSplit.Of(data, new());
        Assert.Equal(order[20..].Order(), fitted);
        Assert.Equal(order[..20].Order(), heldOut);
        foreach (int[] places in new[] { order[..2], order[98..] })
        {
            Direction rare = DirectionFitter.Fit(data with { Attributes = [.. data.Attributes, Rare(places)] }, new()).Find("rare");
            Assert.Equal(1, rare.Examples[0]);
            Assert.NotNull(rare.Scores);
        }
    }

    [Fact]
    public void An_image_is_not_moved_away_from_an_attribute_that_needs_it_where_another_would_do()
    {
        int[] order = new RandomSource(0, "attributes").NextOrder(100);
        int shared = Math.Min(order[0], order[1]), free = Math.Max(order[0], order[1]);
        AttributeValues often = Rare(shared, order[98], order[99]), rare = Rare(shared, free);
        var (fitted, heldOut) = FittingSplit.Of(Sample(100) with { Attributes = [often, rare with { Name = "rarer" }] }, new());
        Assert.Contains(shared, heldOut);
        Assert.Contains(free, fitted);
    }

    [Fact]
    public void A_file_brings_back_what_was_saved()
    {
        DirectionSet set = DirectionFitter.Fit(Sample(200), new());
        string path = _folder.File("d.safetensors");
        set.Save(path);
        Assert.Equivalent(set, DirectionSet.Load(path), strict: true);
        byte[] first = File.ReadAllBytes(path);
        DirectionSet.Load(path).Save(path);
        Assert.Equal(first, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_file_describes_directions_in_the_same_words_as_ever()
    {
        var set = new DirectionSet
        {
            Model = new string('a', 64),
            Statistics = new([0.5, -1], [1, 0.25]),
            Directions =
            [
                new()
                {
                    Name = "größe + <1>",
                    IsBinary = true,
                    Effect = [1, 2],
                    Probe = [3, 4],
                    ProbeUnit = 0.125,
                    Examples = [60, 40],
                    Scores = new(0.75, 0.5, 0.875, 0.625),
                },
            ],
            Curves = new(new AttributeSpace([new(true, null, 0.5, 0.5, 0, 1, 0.75)]), new([1, 2], [3], 2, 1.5), new([4], [5, 6], 1, 2.5), 0.25),
        };
        string path = _folder.File("d.safetensors");
        set.Save(path);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.Equal("{\"format\":1,\"model\":\"" + set.Model + "\",\"statistics\":{\"mean\":[0.5,-1],\"deviation\":[1,0.25]},"
            + "\"directions\":[{\"name\":\"größe + <1>\",\"isBinary\":true,\"probeUnit\":0.125,\"examples\":[60,40],"
            + "\"scores\":{\"accuracy\":0.75,\"balancedAccuracy\":0.5,\"auroc\":0.875,\"averagePrecision\":0.625},\"explained\":null,\"warning\":null}],"
            + "\"curves\":{\"readerScale\":1.5,\"writerScale\":2.5,\"explained\":0.25,"
            + "\"axes\":[{\"isBinary\":true,\"factor\":null,\"mean\":0.5,\"deviation\":0.5,\"low\":0,\"high\":1,\"relevance\":0.75}]}}",
            file.Metadata["underpaint.directions"]);
        Assert.Equivalent(set, DirectionSet.Load(path), strict: true);
    }

    [Fact]
    public void What_is_something_else_is_not_to_be_replaced_by_directions()
    {
        string path = _folder.File("d.safetensors");
        DirectionSet.CheckDestination(path);
        DirectionFitter.Fit(Sample(200), new()).Save(path);
        DirectionSet.CheckDestination(path);
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, []));
        Assert.Contains("is something else", Assert.Throws<UnderpaintException>(() => DirectionSet.CheckDestination(path)).Message);
        File.WriteAllText(path, "notes");
        Assert.Contains("is something else", Assert.Throws<UnderpaintException>(() => DirectionSet.CheckDestination(path)).Message);
    }

    [Fact]
    public void Another_model_an_unknown_name_and_another_file_are_refused()
    {
        DirectionSet set = DirectionFitter.Fit(Sample(200), new());
        using DiffusionAutoencoder model = TinyModel.Create();
        Assert.Contains("another model", Assert.Throws<FileFormatException>(() => set.Check(model.Identity, "d")).Message);
        Assert.Contains("hat, age", Assert.Throws<UnderpaintException>(() => set.Find("beard")).Message);
        AtomicFile.Write(_folder.File("t.safetensors"), stream => SafetensorsWriter.Write(stream, []));
        Assert.Contains("holds no directions", Assert.Throws<FileFormatException>(() => DirectionSet.Load(_folder.File("t.safetensors"))).Message);
    }

    [Theory]
    [InlineData("smile", "smile", 1)]
    [InlineData("smile=-0.5", "smile", -0.5)]
    [InlineData("shape=star", "shape=star", 1)]
    [InlineData("shape=star=2", "shape=star", 2)]
    [InlineData("smile=0,5", "smile=0,5", 1)]
    [InlineData("smile=1,000", "smile=1,000", 1)]
    public void A_move_is_read(string text, string name, double strength) => Assert.Equal(new CodeMove(name, strength), CodeMove.Parse(text));

    // Number 2 of the code says whether there is a hat, number 5 the age; all others are chance, in units of their own.
    private static LabelledCodes Sample(int count)
    {
        var random = new RandomSource(1, "sample");
        double[] hat = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() < 0.3 ? 1.0 : 0)];
        double[] age = [.. Enumerable.Range(0, count).Select(_ => 40 + 10 * random.NextGaussian())];
        float[] codes = [.. Enumerable.Range(0, count).SelectMany(i => Enumerable.Range(0, Size).Select(d => (float)(d switch
        {
            2 => 4 * hat[i] + random.NextGaussian(),
            5 => 3 * (age[i] - 40) + random.NextGaussian(),
            _ => random.NextGaussian() * (d + 1),
        })))];
        CodeTable table = AttributeSheetTests.Codes([.. Enumerable.Range(0, count).Select(i => $"{i}")]);
        table = table with { Origin = table.Origin with { CodeSize = Size }, Rows = table.Rows with { Codes = codes } };
        return new(table, [new("hat", hat, IsBinary: true), new("age", age, IsBinary: false)]);
    }

    // Of 100 images, those at these places have it.
    private static AttributeValues Rare(params int[] places) => new("rare", [.. Enumerable.Range(0, 100).Select(i => Array.IndexOf(places, i) >= 0 ? 1.0 : 0)], IsBinary: true);

    private static double Cosine(IReadOnlyList<float> weights, int axis) => weights[axis] / Math.Sqrt(weights.Sum(weight => weight * weight));
}
