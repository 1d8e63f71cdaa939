using Underpaint.Training;

namespace Underpaint.Tests.Training;

public class PhasePlanTests
{
    private static readonly Recipe Recipe = Tiny.Recipe with
    {
        Phases = [Tiny.Recipe.Phases[0] with { Images = 20 }, Tiny.Recipe.Phases[1] with { Images = 8 }],
    };

    [Fact]
    public void Phases_follow_each_other_in_whole_batches()
    {
        var plan = new PhasePlan(Recipe);
        Assert.Equal([(0, 24), (24, 32)], plan.Spans.Select(span => (span.Start, span.End)));
        Assert.Equal(32, plan.End);
    }

    [Theory]
    [InlineData(0, "structure")]
    [InlineData(23, "structure")]
    [InlineData(24, "detail")]
    [InlineData(32, "detail")]
    public void The_phase_at_a_position_trains_the_next_image(long imagesSeen, string phase) =>
        Assert.Equal(phase, new PhasePlan(Recipe).At(imagesSeen).Phase.Name);

    [Theory]
    [InlineData(0, "structure")]
    [InlineData(24, "structure")]
    [InlineData(25, "detail")]
    public void The_phase_before_a_position_trained_the_last_image(long imagesSeen, string phase) =>
        Assert.Equal(phase, new PhasePlan(Recipe).Before(imagesSeen).Phase.Name);
}
