using Underpaint.Evaluation.Comparisons;

namespace Underpaint.Tests.Evaluation.Comparisons;

public class ComparisonSummaryTests
{
    [Fact]
    public void A_clear_winner_is_named_with_what_it_is_better_at_and_with_how_few_calls()
    {
        IReadOnlyList<string> sentences = ComparisonSummary.Of(SampleComparison.Of(("old", [90, 90, 90]), ("new", [90, 30, 10])));
        Assert.Equal("In 20 steps, new is better at likeness pixel by pixel, structure, edges and amount of fine detail.", sentences[0]);
        Assert.Equal("By PSNR, SSIM and GMSD, new is better with 5 network calls than old with any number up to 20.", sentences[1]);
    }

    [Fact]
    public void Images_of_more_than_one_scale_have_structure_at_several_sizes()
    {
        IReadOnlyList<string> sentences = ComparisonSummary.Of(new()
        {
            Runs = [SampleComparison.Run("old", [90, 90, 90], side: 32), SampleComparison.Run("new", [90, 30, 10], seed: 1, side: 32)],
            Data = "sample images",
        });
        Assert.Equal("In 20 steps, new is better at likeness pixel by pixel, structure, structure at several sizes, edges and amount of fine detail.", sentences[0]);
        Assert.StartsWith("By PSNR, SSIM, MS-SSIM (2 scales) and GMSD, new is better with ", sentences[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_distance_without_an_interval_is_neither_won_nor_drawn()
    {
        IReadOnlyList<string> sentences = ComparisonSummary.Of(new()
        {
            Runs = [SampleComparison.Run("old", [90, 90, 90], distance: 5), SampleComparison.Run("new", [90, 30, 10], seed: 1, distance: 3)],
            Data = "sample images",
        });
        Assert.Equal("In 20 steps, new is better at likeness pixel by pixel, structure, edges and amount of fine detail.", sentences[0]);
        Assert.StartsWith("By PSNR, SSIM and GMSD, new is better with ", sentences[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_runs_are_not_told_apart() => Assert.Equal(
        ["In 20 steps, no run is clearly better than the other at anything; 24 images cannot tell."],
        ComparisonSummary.Of(SampleComparison.Of(("a", [30, 20, 10]), ("b", [90, 60, 10]))));

    [Fact]
    public void A_run_alone_has_its_figures() => Assert.StartsWith(
        "In 20 steps, a reaches PSNR ", Assert.Single(ComparisonSummary.Of(SampleComparison.Of(("a", [30, 20, 10])))), StringComparison.Ordinal);

    [Fact]
    public void Of_two_equally_good_runs_none_is_clearly_the_best_of_three()
    {
        Comparison comparison = new()
        {
            Runs = [SampleComparison.Run("a", [10], seed: 1), SampleComparison.Run("b", [90], seed: 2), SampleComparison.Run("c", [10], seed: 1)],
            Data = "sample images",
        };
        Assert.Equal(["In one network call, no run is clearly better than all others at anything; 24 images cannot tell."], ComparisonSummary.Of(comparison));
    }
}
