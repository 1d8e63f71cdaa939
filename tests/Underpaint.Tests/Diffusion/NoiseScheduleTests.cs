using FsCheck;
using FsCheck.Fluent;
using Underpaint.Diffusion;
using Underpaint.Tests.Golden;

namespace Underpaint.Tests.Diffusion;

public class NoiseScheduleTests
{
    public static TheoryData<string> Schedules => ["cosine", "SC-4", "SC-0.5", "linear-beta", "highest-noise"];

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Image_and_noise_shares_are_the_sides_of_a_right_angle(string name) =>
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 100_000).Select(i => i / 100_000.0).ToArbitrary(), t =>
        {
            NoiseLevel level = Named(name).At(t);
            return Math.Abs(level.Alpha * level.Alpha + level.Sigma * level.Sigma - 1) < 1e-12;
        }));

    [Fact]
    public void Shifted_cosine_adds_twice_the_logarithm_of_S_to_the_log_SNR() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Choose(1, 999).Select(i => i / 1000.0).ToArbitrary(), Gen.Choose(1, 80).Select(i => i / 10.0).ToArbitrary(),
            (t, shift) => Math.Abs(LogSnr(NoiseSchedule.ShiftedCosine(shift).At(t)) - (-2 * Math.Log(Math.Tan(Math.PI * t / 2)) + 2 * Math.Log(shift))) < 1e-9));

    [Fact]
    public void Cosine_is_cosine_and_sine()
    {
        NoiseLevel level = NoiseSchedule.Cosine.At(0.3);
        Assert.Equal(Math.Cos(Math.PI * 0.15), level.Alpha, 1e-15);
        Assert.Equal(Math.Sin(Math.PI * 0.15), level.Sigma, 1e-15);
        Assert.Equal(300, level.Time, 1e-12);
    }

    [Theory]
    [InlineData("cosine")]
    [InlineData("SC-4")]
    [InlineData("highest-noise")]
    public void The_highest_time_is_exactly_pure_noise(string name) => Assert.Equal(NoiseLevel.Highest, Named(name).At(1));

    [Fact]
    public void The_clean_end_has_no_noise() => Assert.Equal(new NoiseLevel(1, 0, 0), NoiseSchedule.ShiftedCosine(4).At(0));

    [Fact]
    public void Linear_beta_is_the_official_table()
    {
        var official = Figures.Load("schedule.json").GetProperty("linear").GetProperty("alphas_cumprod_at");
        foreach (var entry in official.EnumerateObject())
        {
            double ours = DiscreteLevels.Linear.AlphaBar[int.Parse(entry.Name, System.Globalization.CultureInfo.InvariantCulture)];
            Assert.Equal(1, ours / entry.Value.GetDouble(), 1e-12);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(20)]
    public void Evenly_strided_steps_are_the_official_ones(int steps)
    {
        var official = Figures.Load("schedule.json").GetProperty($"ddim{steps}").GetProperty("timesteps").EnumerateArray().Select(t => t.GetDouble());
        Assert.Equal(official, DiscreteLevels.Linear.Spaced(steps).Select(level => level.Time));
    }

    [Fact]
    public void No_step_at_all_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DiscreteLevels.Constant.Spaced(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiscreteLevels.Linear.Falling([]));
    }

    [Fact]
    public void Any_number_of_steps_gives_that_many_different_falling_levels() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(1, 1000).ToArbitrary(), Gen.Elements(Schedules.Select(row => row.Data)).ToArbitrary(), (steps, name) =>
        {
            IReadOnlyList<NoiseLevel> levels = Named(name).DecodingLevels(steps, Prediction.Velocity);
            bool falls = levels.Zip(levels.Skip(1)).All(pair => pair.First.Sigma > pair.Second.Sigma);
            return falls && levels[^1] == NoiseLevel.Clean && levels.Count == (name == "highest-noise" ? 1 : steps) + 1;
        }));

    [Fact]
    public void Inversion_climbs_from_the_clean_image_to_pure_noise() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(1, 1000).ToArbitrary(), Gen.Elements("cosine", "SC-4", "linear-beta").ToArbitrary(), (steps, name) =>
        {
            IReadOnlyList<NoiseLevel> levels = Named(name).InversionLevels(steps, Prediction.Velocity);
            bool climbs = levels.Zip(levels.Skip(1)).All(pair => pair.First.Sigma < pair.Second.Sigma);
            bool startsClean = Math.Abs(levels[0].Sigma - DiscreteLevels.Linear[0].Sigma) < 1e-9;
            return climbs && startsClean && levels[^1] == NoiseLevel.Highest && levels.Count == steps + 1;
        }));

    [Fact]
    public void More_steps_than_linear_beta_has_levels_are_refused()
    {
        var error = Assert.Throws<UnderpaintException>(() => NoiseSchedule.LinearBeta.DecodingLevels(1001, Prediction.Noise));
        Assert.Contains("1 to 1000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_the_highest_noise_alone_cannot_be_inverted() =>
        Assert.Throws<UnderpaintException>(() => NoiseSchedule.HighestNoise.InversionLevels(10, Prediction.Velocity));

    [Fact]
    public void Noise_is_never_predicted_from_pure_noise()
    {
        Assert.True(NoiseSchedule.Cosine.Draw(0.999999, Prediction.Noise).Alpha > 1e-3);
        Assert.True(NoiseSchedule.Cosine.DecodingLevels(1, Prediction.Noise)[0].Alpha > 1e-3);
    }

    private static double LogSnr(NoiseLevel level) => 2 * Math.Log(level.Alpha / level.Sigma);

    private static NoiseSchedule Named(string name) => name switch
    {
        "cosine" => NoiseSchedule.Cosine,
        "SC-4" => NoiseSchedule.ShiftedCosine(4),
        "SC-0.5" => NoiseSchedule.ShiftedCosine(0.5),
        "linear-beta" => NoiseSchedule.LinearBeta,
        _ => NoiseSchedule.HighestNoise,
    };
}
