using Underpaint.Diffusion;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Comparisons;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Tests.Evaluation.Comparisons;

public class ComparisonTests
{
    [Fact]
    public void Twenty_steps_lead_where_they_were_measured_and_otherwise_what_is_nearest()
    {
        Assert.Equal(20, SampleComparison.Of(("a", [30, 20, 10])).Lead.Steps);
        Assert.Equal(5, SampleComparison.Of(("a", [30, 20])).Lead.Steps);
        Assert.Equal(Decoding.StructureImage, SampleComparison.Of(("a", [30])).Lead);
    }

    [Fact]
    public void The_solver_that_was_asked_for_leads_and_not_the_structure_image()
    {
        IReadOnlyList<Decoding> published = Decoding.All([1, 5, 20], [Solver.Ddim], TimeGrid.Uniform);
        Comparison comparison = new() { Data = "sample images", Runs = [SampleComparison.Run("a", [30, 20, 10], decodings: published)] };
        Assert.Equal("20 steps, ddim, uniform", comparison.Lead.Name);
        Assert.Equal(published, comparison.BySteps);
    }

    [Fact]
    public void Only_ways_of_decoding_that_every_run_has_are_compared() =>
        Assert.Equal(SampleComparison.Decodings.Take(2), SampleComparison.Of(("a", [30, 20, 10]), ("b", [30, 20])).Decodings);

    [Fact]
    public void A_difference_is_that_of_the_means_and_its_verdict_knows_what_is_better()
    {
        Comparison comparison = SampleComparison.Of(("a", [30, 20, 60]), ("b", [30, 20, 10]));
        (ComparedRun a, ComparedRun b) = (comparison.Runs[0], comparison.Runs[1]);
        foreach (string key in (string[])["psnr", "mse", "textureError", "logSpectralDistance"])
        {
            Difference difference = comparison.Between(b, a, comparison.Lead, key)!;
            Assert.Equal(b.Find(comparison.Lead)!.Find(key)!.Value - a.Find(comparison.Lead)!.Find(key)!.Value, difference.Value, 1e-12);
            Assert.Equal(Verdict.Better, difference.Verdict);
            Assert.Equal(Verdict.Worse, comparison.Between(a, b, comparison.Lead, key)!.Verdict);
        }
    }

    [Fact]
    public void Pairing_finds_differences_that_the_runs_own_intervals_hide()
    {
        Metric metric = new() { Key = "x", Name = "X", Definition = "X: x", Better = Better.Higher };
        double[] difficulty = [.. Enumerable.Range(0, 50).Select(i => (double)i)];
        Measurement harder = new("X", [metric], [.. difficulty.Select(value => new[] { value })]);
        Measurement easier = new("X", [metric], [.. difficulty.Select((value, i) => new[] { value + 0.5 + i % 2 * 0.1 })]);
        Assert.True(harder.Figures.Single().Interval!.Contains(easier.Figures.Single().Value));
        Difference difference = Difference.Between("x", easier, harder);
        Assert.Equal(Verdict.Better, difference.Verdict);
        Assert.Equal(0.55, difference.Value, 1e-9);
        Assert.Throws<ArgumentException>(() => Difference.Between("x", easier, new("X", [metric], [[1]])));
        Assert.Throws<ArgumentException>(() => Difference.Between("y", easier, harder));
    }

    [Theory]
    [InlineData(1, Verdict.Unclear)]
    [InlineData(5, Verdict.Unclear)]
    [InlineData(6, Verdict.Better)]
    public void A_handful_of_images_tells_nothing_however_equal_they_are(int images, Verdict verdict)
    {
        Metric metric = new() { Key = "x", Name = "X", Definition = "X: x", Better = Better.Higher };
        Measurement low = new("X", [metric], [.. Enumerable.Repeat(new double[] { 1 }, images)]), high = new("X", [metric], [.. Enumerable.Repeat(new double[] { 2 }, images)]);
        Assert.Equal(verdict, Difference.Between("x", high, low).Verdict);
    }

    [Fact]
    public void A_picture_is_found_by_its_name_for_a_run_may_show_other_images()
    {
        ComparedRun run = SampleComparison.Run("a", [30, 20]);
        Assert.Equal((run.Shown[1].Image, run.Pictures[0][1]), run.PictureOf("image 1", SampleComparison.Decodings[0]));
        Assert.Null(run.PictureOf("image 7", SampleComparison.Decodings[0]));
        Assert.Null(run.PictureOf("image 1", SampleComparison.Decodings[2]));
    }

    [Fact]
    public void Structure_at_other_numbers_of_scales_is_no_figure_of_the_same_thing()
    {
        ComparedRun small = SampleComparison.Run("a", [30], side: 32), large = SampleComparison.Run("b", [30], side: 64);
        Comparison comparison = new() { Runs = [small, large], Data = "sample images" };
        Assert.NotEqual(small.Find(comparison.Lead)!.Find("msSsimFitted")!.Metric.Name, large.Find(comparison.Lead)!.Find("msSsimFitted")!.Metric.Name);
        Assert.Null(comparison.Between(small, large, comparison.Lead, "msSsimFitted"));
        Assert.NotNull(comparison.Between(small, large, comparison.Lead, "ssim"));
    }

    [Fact]
    public void Nearer_to_one_is_better_from_either_side()
    {
        Metric metric = new() { Key = "x", Name = "X", Definition = "X: x", Better = Better.NearerToOne };
        Measurement twice = new("X", [metric], [[2.1], [2], [1.9], [2.1], [2], [1.9]]), nearly = new("X", [metric], [[0.8], [0.9], [0.7], [0.8], [0.9], [0.7]]);
        Assert.Equal(Verdict.Better, Difference.Between("x", nearly, twice).Verdict);
        Assert.Equal(Verdict.Worse, Difference.Between("x", twice, nearly).Verdict);
    }

    [Fact]
    public void A_run_does_not_differ_from_itself()
    {
        Comparison comparison = SampleComparison.Of(("a", [30, 20, 10]));
        ComparedRun run = comparison.Runs[0];
        Assert.All(run.Find(comparison.Lead)!.Figures, figure =>
            Assert.Equal(Verdict.Unclear, comparison.Between(run, run, comparison.Lead, figure.Metric.Key)!.Verdict));
        Assert.All(run.Result.Codes[0].Metrics, metric => Assert.Equal(Verdict.Unclear, Comparison.CodesBetween(run, run, metric.Key)!.Verdict));
    }

    [Fact]
    public void A_difference_of_codes_is_that_of_its_own_metric()
    {
        Comparison comparison = SampleComparison.Of(("a", [10]), ("b", [10]), ("c", [10]));
        (ComparedRun a, ComparedRun c) = (comparison.Runs[0], comparison.Runs[2]);
        Assert.Equal(0, Comparison.CodesBetween(c, a, "probe")!.Value);
        Assert.Equal(c.FindCode("neighbors")!.Value - a.FindCode("neighbors")!.Value, Comparison.CodesBetween(c, a, "neighbors")!.Value, 1e-12);
        Assert.Equal(2.0 / 24, c.FindCode("neighbors")!.Value, 1e-12);
    }

    [Fact]
    public void Between_images_of_two_sizes_a_band_is_subtracted_from_the_band_of_its_name()
    {
        Comparison comparison = new()
        {
            Runs = [SampleComparison.Run("large", [60], side: 64, images: 4), SampleComparison.Run("small", [10], seed: 1, side: 32, images: 4)],
            Data = "sample images",
        };
        (ComparedRun large, ComparedRun small) = (comparison.Runs[0], comparison.Runs[1]);
        foreach (string key in (string[])["psnr", "structureError", "edgesError", "textureError", "textureEnergy"])
        {
            double difference = small.Find(comparison.Lead)!.Find(key)!.Value - large.Find(comparison.Lead)!.Find(key)!.Value;
            Assert.Equal(difference, comparison.Between(small, large, comparison.Lead, key)!.Value, 1e-9);
            Assert.Equal(-difference, comparison.Between(large, small, comparison.Lead, key)!.Value, 1e-9);
        }
        Assert.Null(comparison.Between(small, large, comparison.Lead, "shapesError"));
    }

    [Fact]
    public void Runs_that_read_other_images_have_no_difference()
    {
        Comparison comparison = new()
        {
            Runs = [SampleComparison.Run("a", [10]), SampleComparison.Run("b", [90], seed: 1, images: 23)],
            Data = "sample images",
        };
        (ComparedRun a, ComparedRun b) = (comparison.Runs[0], comparison.Runs[1]);
        Assert.Null(comparison.Between(b, a, comparison.Lead, "psnr"));
        Assert.Null(Comparison.CodesBetween(b, a, "probe"));
        Assert.Empty(ComparisonJson.Of(comparison)["differences"]!.AsArray());
        Assert.StartsWith("In one network call, the runs could not read the same images", Assert.Single(ComparisonSummary.Of(comparison)), StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_of_two_versions_of_a_metric_are_not_compared()
    {
        PairMeasure Version(int version) => new(
            new Metric { Key = "x", Name = "X", Definition = "X: x", Better = Better.Higher, Version = version }, 1, PeakSignalToNoise.Of);
        Comparison comparison = new()
        {
            Runs = [SampleComparison.Run("a", [10], measures: [Version(1)]), SampleComparison.Run("b", [10], measures: [Version(2)])],
            Data = "sample images",
        };
        var error = Assert.Throws<UnderpaintException>(comparison.RequireSameVersions);
        Assert.Contains("X of b", error.Message, StringComparison.Ordinal);
        SampleComparison.Of(("a", [10]), ("b", [20])).RequireSameVersions();
    }

    [Fact]
    public void Json_has_every_run_and_every_difference_to_the_first()
    {
        Comparison comparison = SampleComparison.Of(("a", [30, 20, 60]), ("b", [30, 20, 10]), ("c", [30, 20, 10]));
        var json = ComparisonJson.Of(comparison);
        Assert.Equal(["a", "b", "c"], json["runs"]!.AsArray().Select(run => (string)run!["name"]!));
        int ofPictures = comparison.Runs[0].Find(comparison.Lead)!.Figures.Count;
        Assert.Equal(2 * (3 * ofPictures + 2), json["differences"]!.AsArray().Count);
        Assert.All(json["differences"]!.AsArray(), difference => Assert.Equal("a", (string)difference!["lessRun"]!));
        Assert.Contains(json["differences"]!.AsArray(), difference => (string)difference!["verdict"]! == "better" && (string)difference["run"]! == "b"
            && (string)difference["decoding"]! == "20 steps" && (string)difference["metric"]! == "psnr");
        Assert.Equal(["b probe", "b neighbors", "c probe", "c neighbors"], json["differences"]!.AsArray()
            .Where(difference => difference!["decoding"] is null).Select(difference => $"{difference!["run"]} {difference["metric"]}"));
    }
}
