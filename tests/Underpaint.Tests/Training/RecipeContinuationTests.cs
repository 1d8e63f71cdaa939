using Underpaint.Data.Images;
using Underpaint.Diffusion;
using Underpaint.Training;

namespace Underpaint.Tests.Training;

public class RecipeContinuationTests
{
    private static readonly ModelDescription Model = new("faces.safetensors", Tiny.Recipe with
    {
        Name = "faces",
        Data = new() { Size = 16, Color = ColorMode.Grey },
        Model = Tiny.Model with { CodeSpread = 3 },
    }, 12, 1, new string('a', 64));

    [Fact]
    public void Sizes_are_the_model_s_and_only_the_phases_after_structure_stay()
    {
        Recipe recipe = RecipeLibrary.Load("two-phase", null, Model);
        Assert.Equal(("two-phase", 16, 1), (recipe.Name, recipe.Data.Size, recipe.Data.Channels));
        Assert.Equivalent(Tiny.Model, recipe.Model, strict: true);
        Assert.Equal("detail", Assert.Single(recipe.Phases).Name);
        Assert.Equal(new StartOptions { Model = "faces", ImagesSeen = 12, Sha256 = new string('a', 64) }, recipe.Start);
        Assert.Equal(RecipeWriter.Write(recipe), RecipeWriter.Write(RecipeReader.Read(RecipeWriter.Write(recipe), "again.json")));
    }

    [Fact]
    public void A_recipe_without_a_structure_phase_is_run_whole() =>
        Assert.Equal(ScheduleKind.LinearBeta, Assert.Single(RecipeLibrary.Load("diffae", null, Model).Phases).Schedule.Kind);

    [Fact]
    public void Changes_name_the_phases_as_the_recipe_does()
    {
        Recipe recipe = RecipeLibrary.Load("two-phase", ["phases[1].images=640", "model.dropout=0.5", "data.flip=false"], Model);
        Assert.Equal((640, 0.5, false), (recipe.TotalImages, recipe.Model.Dropout, recipe.Data.Flip));
    }

    [Fact]
    public void The_crop_is_the_model_s_unless_the_recipe_names_one()
    {
        ModelDescription faces = Model with { Recipe = Model.Recipe with { Data = new() { Size = 16, Color = ColorMode.Grey, Crop = ImageCrop.Celeba } } };
        Assert.Equal(ImageCrop.Celeba, RecipeLibrary.Load("two-phase", null, faces).Data.Crop);
        Assert.Equal(ImageCrop.Celeba, RecipeLibrary.Load("two-phase", ["data.crop=celeba"], Model).Data.Crop);
    }

    [Theory]
    [InlineData("two-phase", "model.code=32", "model.code is not that of faces.safetensors")]
    [InlineData("two-phase", "data.size=32", "data.size is not that of faces.safetensors")]
    [InlineData("two-phase", "data.color=rgb", "data.color is not that of faces.safetensors")]
    [InlineData("two-phase", "model=cifar32", "is not that of faces.safetensors")]
    [InlineData("two-phase", "model.codeSpread=1", "would change what the start's encoder has learnt")]
    [InlineData("two-phase", "start.sha256=1", "start.sha256 is")]
    [InlineData("structure-only", "seed=1", "nothing that follows the structure phase")]
    public void What_does_not_fit_the_model_is_refused(string recipe, string change, string problem) =>
        Assert.Contains(problem, Assert.Throws<RecipeException>(() => RecipeLibrary.Load(recipe, [change], Model)).Message);
}
