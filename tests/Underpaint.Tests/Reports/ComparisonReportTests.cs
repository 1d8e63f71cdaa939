using System.Net;
using System.Text.RegularExpressions;
using Underpaint.Evaluation.Comparisons;
using Underpaint.Evaluation.Uncertainty;
using Underpaint.Reports;
using Underpaint.Tests.Evaluation.Comparisons;

namespace Underpaint.Tests.Reports;

public class ComparisonReportTests
{
    private static readonly Comparison Sample = SampleComparison.Of(("old", [90, 90, 90]), ("new", [90, 30, 10]));

    [Fact]
    public void The_page_leads_with_who_is_better_at_what()
    {
        string page = TextOf(Sample);
        Assert.Contains("""<p class="lead">In 20 steps, new is better at likeness pixel by pixel""", page, StringComparison.Ordinal);
        Assert.Equal(
            [
                "Who is better at what", "The same images, side by side", "Quality against network calls", "Where the difference comes from",
                "All figures", "The runs", "What the figures are",
            ],
            Regex.Matches(page, "<h2>(.*?)</h2>").Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Only_a_clear_winner_is_marked()
    {
        Assert.Equal(4, Regex.Count(ComparisonReport.Render(Sample), """class="number best">"""));
        string page = ComparisonReport.Render(SampleComparison.Of(("a", [30, 20, 10]), ("b", [30, 20, 10])));
        Assert.DoesNotContain("""class="number best">""", page, StringComparison.Ordinal);
        Assert.Contains("no clear difference", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_distance_without_an_interval_says_who_has_the_better_figure_and_marks_nobody()
    {
        string page = ComparisonReport.Render(new()
        {
            Runs = [SampleComparison.Run("old", [90, 90, 90], distance: 5), SampleComparison.Run("new", [90, 30, 10], seed: 1, distance: 3)],
            Data = "sample images",
        });
        Assert.Contains("<strong>Likeness of the sets</strong>", page, StringComparison.Ordinal);
        Assert.Contains("new has the better figure; no interval", page, StringComparison.Ordinal);
        Assert.Equal(4, Regex.Count(page, """class="number best">"""));
    }

    [Fact]
    public void Every_figure_has_its_interval_and_its_difference()
    {
        string page = TextOf(Sample);
        Figure psnr = Sample.Runs[1].Find(Sample.Lead)!.Find("psnr")!;
        Assert.Contains($"<span>{psnr.Metric.Format(psnr.Value)}</span><small>{psnr.Metric.Format(psnr.Interval!.Low)} – ", page, StringComparison.Ordinal);
        Difference difference = Sample.Between(Sample.Runs[1], Sample.Runs[0], Sample.Lead, "psnr")!;
        Assert.Contains($"""<small class="better">better +{psnr.Metric.Format(difference.Value)} (""", page, StringComparison.Ordinal);
        Assert.All(Sample.Definitions, definition => Assert.Contains(definition, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Missing_runs_and_cautions_stand_at_the_top()
    {
        string page = TextOf(new()
        {
            Runs = Sample.Runs,
            Data = "sample images",
            Missing = [new("gone", "There is no folder gone.")],
            Notes = ["new is not finished."],
        });
        Assert.InRange(page.IndexOf("gone could not be compared. There is no folder gone.", StringComparison.Ordinal), 0, page.IndexOf("<h2>", StringComparison.Ordinal));
        Assert.InRange(page.IndexOf("new is not finished.", StringComparison.Ordinal), 0, page.IndexOf("<h2>", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_alone_is_shown_as_well() =>
        Assert.Contains("In 20 steps, a reaches PSNR", TextOf(SampleComparison.Of(("a", [30, 20, 10]))), StringComparison.Ordinal);

    [Fact]
    public void Many_runs_do_not_make_a_long_title() =>
        Assert.Contains("<h1>4 runs side by side</h1>", TextOf(SampleComparison.Of(("a", [9]), ("b", [9]), ("c", [9]), ("d", [9]))), StringComparison.Ordinal);

    [Fact]
    public void The_page_loads_nothing_and_runs_nothing()
    {
        string page = ComparisonReport.Render(Sample);
        // Letters alone would also be found in a picture now and then.
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.All(Regex.Matches(page, """(?:src|srcset|href)="([^"]{0,5})"""), address => Assert.Equal("data:", address.Groups[1].Value));
    }

    [Fact]
    public void Every_text_from_outside_is_escaped()
    {
        const string Evil = "<script>alert(1)</script>";
        string page = ComparisonReport.Render(new()
        {
            Runs = SampleComparison.Of((Evil, [9])).Runs,
            Data = Evil,
            Missing = [new(Evil, Evil)],
            Notes = [Evil],
        });
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }

    private static string TextOf(Comparison comparison) => WebUtility.HtmlDecode(ComparisonReport.Render(comparison));
}
