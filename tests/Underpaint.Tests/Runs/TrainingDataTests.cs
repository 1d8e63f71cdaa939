using Underpaint.Runs;
using Underpaint.Training;

namespace Underpaint.Tests.Runs;

public sealed class TrainingDataTests
{
    [Theory]
    [InlineData(4, 0, 4)]
    [InlineData(4, 7, 7)]
    [InlineData(4, 1, 1)]
    [InlineData(4, 1000, 12)]
    public void As_many_images_are_held_out_as_the_recipe_says_and_at_most_a_fifth(int images, int heldOut, int expected)
    {
        Recipe recipe = SmallRun.Recipe with { Validation = new() { Images = images, HeldOut = heldOut } };
        using TrainingData data = TrainingData.Open("ornaments:60,16", null, recipe);
        Assert.Equal((60 - expected, expected), (data.Training.Count, data.Validation.Count));
    }
}
