using Underpaint.Codes.Directions.Fitting;

namespace Underpaint.Tests.Codes.Directions.Fitting;

public sealed class DirectionOptionsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(-0.2)]
    [InlineData(double.NaN)]
    public void A_share_that_leaves_nothing_on_one_side_is_refused(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(DirectionOptions.HeldOut), () => new DirectionOptions { HeldOut = share });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_penalty_that_is_none_is_refused(double penalty) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(DirectionOptions.Penalty), () => new DirectionOptions { Penalty = penalty });

    [Fact]
    public void Curves_of_less_than_no_image_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(DirectionOptions.CurveExamples), () => new DirectionOptions { CurveExamples = -1 });
}
