using System.Net;
using System.Text.RegularExpressions;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Diffusion;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Metrics;
using Underpaint.Reports;
using Underpaint.Tests.Evaluation;
using Underpaint.Training;

namespace Underpaint.Tests.Reports;

public class RunReportTests
{
    private static readonly RunReportData Empty = new() { Title = "0001-two-phase", RecipeJson = "{}" };

    [Fact]
    public void The_sections_stand_in_the_order_in_which_one_reads_them()
    {
        string[] headings = [.. Regex.Matches(RunReport.Render(Complete()), "<h2>(.*?)</h2>").Select(match => match.Groups[1].Value)];
        Assert.Equal(
            [
                "How close the reconstructions come", "Structure → detail", "The training, phase by phase", "Loss by noise level",
                "How the reconstructions grew", "Recipe", "Environment", "Skipped images",
            ],
            headings);
    }

    [Fact]
    public void Figures_names_and_the_summary_are_shown()
    {
        string page = TextOf(Complete());
        Assert.Contains("1\u2009000 images seen, structure → detail. Reconstructions in 20 steps reach 24.31 dB PSNR and 0.913 SSIM; "
            + "the structure images alone 19.60 dB PSNR and 0.551 SSIM.", page, StringComparison.Ordinal);
        Assert.Contains("inverted stochastic code", page, StringComparison.Ordinal);
        Assert.Contains("cut off after 12 bytes", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Further_figures_have_columns_and_definitions_of_their_own()
    {
        Metric metric = ImageMeasures.All.SelectMany(measure => measure.MetricsFor(64, 64)).Single(metric => metric.Key == "gmsd");
        RunReportData data = Complete();
        string page = TextOf(data with { Metrics = [.. data.Metrics.Select(row => row with { More = [(metric, 0.1234)] })] });
        Assert.Contains("GMSD", page, StringComparison.Ordinal);
        Assert.Contains("0.123", page, StringComparison.Ordinal);
        Assert.Contains(metric.Definition, page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_loads_nothing_and_runs_nothing()
    {
        string page = RunReport.Render(Complete());
        Assert.DoesNotContain("http:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", page, StringComparison.OrdinalIgnoreCase);
        string[] addresses =
        [
            .. Regex.Matches(page, """(?:src|srcset|href)="([^"]{0,5})|url\((.{0,5})""")
                .Select(match => match.Groups[1].Value + match.Groups[2].Value),
        ];
        Assert.True(addresses.Length > 10);
        Assert.All(addresses, address => Assert.Equal("data:", address));
    }

    [Fact]
    public void Every_text_from_outside_is_escaped()
    {
        const string Evil = "<script>alert(1)</script>\"'&";
        PixelImage image = SampleImages.Noise(16, 1);
        string page = RunReport.Render(new RunReportData
        {
            Title = Evil,
            RecipeJson = Evil,
            Environment = [new(Evil, Evil)],
            Phases = [Span(Evil, 0, 1000)],
            Ticks = [TickAt(1000, 0.1, [0.1])],
            Growth = new([image], [new(1000, [image], [image])]),
            StepRows = [new(Evil, image, image, 20, [new(1, image, 20)])],
            Skipped = [new(0, Evil, Evil)],
        });
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)</script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"'&", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_that_are_not_there_yet_are_left_out()
    {
        string page = RunReport.Render(Empty);
        Assert.Contains("Nothing has been reconstructed yet.", page, StringComparison.Ordinal);
        Assert.Equal(["Recipe"], Regex.Matches(page, "<h2>(.*?)</h2>").Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void An_unfinished_run_says_how_far_it_came()
    {
        RunReportData data = Complete() with { Metrics = [], Phases = [Span("structure", 0, 5000)] };
        string page = TextOf(data);
        Assert.Contains("1\u2009000 of 5\u2009000 images seen, structure. The validation images", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Infinite_and_missing_figures_do_no_harm()
    {
        PixelImage image = SampleImages.Noise(16, 1);
        string page = RunReport.Render(Empty with
        {
            Ticks = [TickAt(100, double.NaN, [null, double.NaN]), TickAt(200, 0.1, [])],
            Validations = [ValidationAt(200, double.PositiveInfinity) with { Ssim = 1, StructureSsim = 1 }],
            StepRows = [new("a", image, image, double.PositiveInfinity, [])],
            Growth = new([image], []),
        });
        Assert.Contains("identical", page, StringComparison.Ordinal);
        Assert.DoesNotContain("PSNR of the validation images", page, StringComparison.Ordinal);
        Assert.Contains("SSIM of the validation images", page, StringComparison.Ordinal);
        Assert.DoesNotContain("How the reconstructions grew", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Large_pictures_do_not_make_a_heavy_page()
    {
        PixelImage large = SampleImages.Noise(640, 1);
        string page = RunReport.Render(Empty with { StepRows = [new("a", large, large, 20, [new(1, large, 20)])] });
        Assert.InRange(page.Length - RunReport.Render(Empty).Length, 1, 640 * 640 * 3);
        Assert.Contains("data:image/webp", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_very_many_skipped_images_the_first_are_listed()
    {
        var skipped = Enumerable.Range(0, 5000).Select(i => new SkippedImage(i, $"image-{i}.png", "is empty"));
        string page = TextOf(Empty with { Skipped = [.. skipped] });
        Assert.Contains("image-0.png", page, StringComparison.Ordinal);
        Assert.DoesNotContain("image-4999.png", page, StringComparison.Ordinal);
        Assert.Contains("… and 4\u2009800 more.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_data_gives_the_same_page() => Assert.Equal(RunReport.Render(Complete()), RunReport.Render(Complete()));

    private static string TextOf(RunReportData data) => WebUtility.HtmlDecode(RunReport.Render(data));

    private static PhaseSpan Span(string name, long start, long end) =>
        new(new() { Name = name, Images = end - start, Schedule = NoiseSchedule.Cosine, Predict = Prediction.Velocity }, start, end);

    private static TickRecord TickAt(long imagesSeen, double loss, double?[] lossByNoise) => new()
    {
        ImagesSeen = imagesSeen,
        Phase = "structure",
        Loss = loss,
        GradientNorm = 1,
        LearningRate = 1e-4,
        ImagesPerSecond = 300,
        LossByNoise = lossByNoise,
    };

    private static ValidationRecord ValidationAt(long imagesSeen, double psnr) => new()
    {
        ImagesSeen = imagesSeen,
        Phase = "structure",
        Images = 6,
        Steps = 20,
        Psnr = psnr,
        Ssim = psnr / 30,
        StructurePsnr = psnr - 1,
        StructureSsim = psnr / 40,
    };

    private static RunReportData Complete()
    {
        PixelImage[] images = [.. Enumerable.Range(0, 6).Select(seed => SampleImages.Noise(16, seed))];
        return new RunReportData
        {
            Title = "0007-two-phase",
            RecipeJson = "{ \"name\": \"two-phase\" }",
            Environment = [new("libtorch", "2.10.0")],
            Phases = [Span("structure", 0, 400), Span("detail", 400, 1000)],
            Ticks = [.. Enumerable.Range(1, 10).Select(i => TickAt(100 * i, 1.0 / i, [i > 4 ? 0.5 / i : null, 1.0 / i]))],
            Validations = [.. Enumerable.Range(1, 10).Select(i => ValidationAt(100 * i, 10 + i))],
            Growth = new(images, [.. Enumerable.Range(1, 10).Select(i => new RunReportData.Snapshot(100 * i, images, images))]),
            StepRows = [new("photos/a.png", images[0], images[1], 12, [new(1, images[2], 15), new(20, images[3], 21)])],
            Metrics =
            [
                new(ReconstructionKind.StructureImage, 1, 500, 19.6, 0.551), new(ReconstructionKind.RandomStochasticCode, 20, 500, 24.31, 0.913),
                new(ReconstructionKind.InvertedStochasticCode, 20, 500, 33.05, 0.982),
            ],
            Skipped = [new(0, "photos/broken.jpg", "is cut off after 12 bytes")],
        };
    }
}
