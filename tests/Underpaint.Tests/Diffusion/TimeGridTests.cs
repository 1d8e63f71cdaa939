using FsCheck;
using FsCheck.Fluent;
using Underpaint.Diffusion;

namespace Underpaint.Tests.Diffusion;

public class TimeGridTests
{
    public static string[] Grids { get; } = ["uniform", "quadratic", "log-snr"];

    internal static TimeGrid Named(string name) => name switch
    {
        "uniform" => TimeGrid.Uniform,
        "quadratic" => TimeGrid.Quadratic,
        _ => TimeGrid.LogSnr,
    };

    [Fact]
    public void Any_grid_gives_as_many_different_falling_levels_as_asked_for() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Choose(1, 1000).ToArbitrary(), Gen.Elements(Grids).ToArbitrary(), Gen.Elements(GaussianImages.Schedules).ToArbitrary(), (steps, grid, schedule) =>
            {
                IReadOnlyList<NoiseLevel> levels = Levels(schedule, steps, Named(grid));
                bool falls = levels.Zip(levels.Skip(1)).All(pair => pair.First.Sigma > pair.Second.Sigma && pair.First.Time >= pair.Second.Time);
                return falls && levels.Count == steps + 1 && levels[^1] == NoiseLevel.Clean;
            }));

    [Theory]
    [InlineData("cosine")]
    [InlineData("SC-4")]
    public void Every_grid_begins_with_pure_noise(string schedule) =>
        Assert.All(Grids, grid => Assert.Equal(NoiseLevel.Highest, Levels(schedule, 7, Named(grid))[0]));

    [Theory]
    [InlineData("quadratic")]
    [InlineData("log-snr")]
    public void On_linear_beta_other_grids_begin_with_the_highest_level_and_use_whole_levels(string grid)
    {
        IReadOnlyList<NoiseLevel> levels = Levels("linear-beta", 30, Named(grid));
        Assert.Equal(999, levels[0].Time);
        Assert.All(levels.SkipLast(1), level => Assert.Equal(DiscreteLevels.Linear[(int)level.Time], level));
    }

    [Fact]
    public void The_log_SNR_grid_is_even_in_the_log_SNR()
    {
        IReadOnlyList<NoiseLevel> levels = Levels("SC-4", 13, TimeGrid.LogSnr);
        for (int k = 1; k < 13; k++)
            Assert.Equal(-4 + k, levels[k].LogSnr, 1e-9);
    }

    [Fact]
    public void The_log_SNR_grid_on_linear_beta_is_as_even_as_its_levels_allow()
    {
        IReadOnlyList<NoiseLevel> levels = Levels("linear-beta", 20, TimeGrid.LogSnr);
        double first = DiscreteLevels.Linear[999].LogSnr;
        for (int k = 0; k < 20; k++)
            Assert.True(Math.Abs(levels[k].LogSnr - (first + k * (9 - first) / 20)) < 0.25, $"{k}: {levels[k].LogSnr}");
    }

    [Fact]
    public void The_log_SNR_grid_spans_the_whole_schedule_where_it_does_not_begin_with_pure_noise()
    {
        double[] steps = [.. NoiseSchedule.Cosine.DecodingLevels(6, Prediction.Noise, TimeGrid.LogSnr).SkipLast(1).Select(level => level.LogSnr)];
        Assert.Equal(-2 * Math.Log(Math.Tan(0.999 * Math.PI / 2)), steps[0], 1e-9);
        for (int k = 0; k < 6; k++)
            Assert.Equal(steps[0] + k * (9 - steps[0]) / 6, steps[k], 1e-9);
    }

    [Fact]
    public void A_power_grid_is_the_power_of_the_uniform_one()
    {
        double[] times = [.. Levels("cosine", 4, TimeGrid.Power(3)).Select(level => level.Time)];
        Assert.Equal([1000, 421.875, 125, 15.625, 0], times.Select(time => Math.Round(time, 9)));
        Assert.Equal(TimeGrid.Uniform, TimeGrid.Power(1));
        Assert.Equal(TimeGrid.Quadratic, TimeGrid.Power(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeGrid.Power(0));
    }

    [Fact]
    public void All_levels_of_linear_beta_are_used_when_all_are_asked_for() => Assert.All(Grids, grid =>
        Assert.Equal(Enumerable.Range(0, 1000).Reverse().Select(index => (double)index), Levels("linear-beta", 1000, Named(grid)).SkipLast(1).Select(level => level.Time)));

    [Fact]
    public void More_steps_than_linear_beta_has_levels_are_refused_on_every_grid() => Assert.All(Grids, grid =>
        Assert.Throws<UnderpaintException>(() => Levels("linear-beta", 1001, Named(grid))));

    [Fact]
    public void At_the_highest_noise_only_every_grid_is_one_step() => Assert.All(Grids, grid =>
        Assert.Equal([NoiseLevel.Highest, NoiseLevel.Clean], NoiseSchedule.HighestNoise.DecodingLevels(5, Prediction.Velocity, Named(grid))));

    private static IReadOnlyList<NoiseLevel> Levels(string schedule, int steps, TimeGrid grid) =>
        GaussianImages.Named(schedule).DecodingLevels(steps, Prediction.Velocity, grid);
}
