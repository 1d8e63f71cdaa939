using Underpaint.Data.Images;
using Underpaint.Diffusion;
using Underpaint.Networks;
using Underpaint.Training;

namespace Underpaint.Tests.Training;

public sealed class RecipeIdentityTests
{
    private const long End = 96;
    private static readonly string Weights = new('a', 64);

    [Fact]
    public void It_stays_what_it_is_from_version_to_version() =>
        Assert.Equal("67e24b1109766345ab7b88e8020d0e5236167350bc8f468bcb778edd4ec98345", RecipeIdentity.Of(Tiny.Recipe, End, Weights));

    [Fact]
    public void Whatever_changes_codes_or_pictures_makes_another_model()
    {
        ModelOptions model = Tiny.Model;
        string[] identities =
        [
            RecipeIdentity.Of(Tiny.Recipe, End, Weights),
            RecipeIdentity.Of(Tiny.Recipe, End, new('b', 64)),
            .. new DataOptions[] { new() { Size = 32 }, new() { Size = 16, Color = ColorMode.Grey }, new() { Size = 16, Crop = ImageCrop.Celeba } }.Select(data => Of(Tiny.Recipe with { Data = data })),
            .. new[] { model with { Heads = 4 }, model with { Groups = 4 }, model with { AttentionAt = [] }, model with { AttentionAt = [8, 16] } }.Select(sizes => Of(Tiny.Recipe with { Model = sizes })),
            // After the structure phase it decodes in one call.
            RecipeIdentity.Of(Tiny.Recipe, 48, Weights),
            Of(WithDetail(detail => detail with { Schedule = NoiseSchedule.ShiftedCosine(8) })),
            Of(WithDetail(detail => detail with { Predict = Prediction.Image })),
        ];
        Assert.Equal(identities.Length, identities.Distinct().Count());
    }

    [Fact]
    public void What_is_for_the_training_alone_does_not()
    {
        Recipe other = Tiny.Recipe with
        {
            Name = "other",
            Data = Tiny.Recipe.Data with { Flip = false },
            // The width that is meant anyway.
            Model = Tiny.Model with { Dropout = 0.5, CodeSpread = 1, TimeEmbedding = Tiny.Model.Code },
            Seed = 6,
        };
        Assert.Equal(Of(Tiny.Recipe), Of(other));
        Assert.Equal(Of(Tiny.Recipe), Of(WithDetail(detail => detail with { Rehearsal = 0.5, FreezeEncoder = true })));
        Assert.Equal(Of(Tiny.Recipe), RecipeIdentity.Of(Tiny.Recipe, 56, Weights));
    }

    private static string Of(Recipe recipe) => RecipeIdentity.Of(recipe, End, Weights);

    private static Recipe WithDetail(Func<Phase, Phase> change) => Tiny.Recipe with { Phases = [Tiny.Recipe.Phases[0], change(Tiny.Recipe.Phases[1])] };
}
