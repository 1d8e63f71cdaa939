using Underpaint.Exchange;
using Underpaint.Networks;
using Underpaint.Training;

namespace Underpaint.Tests.Exchange;

public sealed class ModelImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Model => _folder.File("model.safetensors");

    [Theory]
    [InlineData("safetensors")]
    [InlineData("zip")]
    [InlineData("zip with state_dict")]
    [InlineData("legacy")]
    public void The_same_weights_come_out_of_every_kind_of_file(string kind)
    {
        var checkpoint = new TestCheckpoint();
        string path = _folder.File("faces.any");
        _ = kind switch
        {
            "safetensors" => checkpoint.WriteSafetensors(path),
            "legacy" => checkpoint.WriteLegacy(path),
            _ => checkpoint.WriteZip(path, wrapped: kind != "zip"),
        };
        ImportedFiles imported = ModelImport.Run(path, Model, new() { Settings = ["data.size=16"] });
        ModelContent model = ModelFile.Read(Model);
        Assert.Equal(checkpoint.Values, model.Values);
        Assert.Equal("faces", model.Recipe.Name);
        Assert.Equal("imported from faces.any (weights)", model.Origin);
        Assert.Equal(RecipeWriter.Write(imported.Model!.Recipe), RecipeWriter.Write(model.Recipe));
        Assert.Equal(RecipeWriter.Write(TestCheckpoint.Recipe), RecipeWriter.Write(model.Recipe with { Name = "small" }));
        Assert.Equal(checkpoint.Tensors.Count, imported.Model!.Tensors);
        Assert.Empty(imported.LeftOut);
        Assert.Contains("One attention head", Assert.Single(imported.Assumptions));
    }

    [Fact]
    public void What_is_read_is_not_replaced()
    {
        string path = new TestCheckpoint().WriteSafetensors(_folder.File("a.safetensors"));
        byte[] before = File.ReadAllBytes(path);
        var options = new ImportOptions { Settings = ["data.size=16"] };
        Assert.Contains("is read for this", Assert.Throws<UnderpaintException>(() => ModelImport.Run(path, path, options)).Message);
        Assert.Equal(before, File.ReadAllBytes(path));
        ModelImport.Run(path, Model, options);
        Assert.Contains("is read for this", Assert.Throws<UnderpaintException>(() => ModelImport.Run(Model, Model)).Message);
        Assert.Contains("no folder", Assert.Throws<UnderpaintException>(() => ModelImport.Run(path, _folder.File("none", "a.safetensors"), options)).Message);
    }

    [Fact]
    public void A_model_is_replaced_by_the_very_same_only()
    {
        var options = new ImportOptions { Settings = ["data.size=16"] };
        string path = new TestCheckpoint().WriteSafetensors(_folder.File("a.safetensors")), others = new TestCheckpoint(first: 1).WriteSafetensors(_folder.File("b.safetensors"));
        string another = _folder.File("another.safetensors");
        ModelImport.Run(others, another, options);
        ModelImport.Run(path, Model, options);
        ModelImport.Run(path, Model, options);
        byte[] before = File.ReadAllBytes(Model);
        foreach (Action import in new Action[] { () => ModelImport.Run(others, Model, options), () => ModelImport.Run(another, Model) })
            Assert.Contains($"{Model} is there already, and is something else", Assert.Throws<UnderpaintException>(import).Message);
        Assert.Equal(before, File.ReadAllBytes(Model));
    }

    [Fact]
    public void Averaged_and_live_weights_are_told_apart_and_the_others_are_accounted_for()
    {
        TestCheckpoint average = new(prefix: "ema_model.", first: 1), live = new(prefix: "model.");
        string path = live.And(average).With("x_T", 2, 3, 16, 16).WriteSafetensors(_folder.File("a.safetensors"));
        ImportedFiles imported = ModelImport.Run(path, Model);
        Assert.Equal(average.Values, ModelFile.Read(Model).Values);
        Assert.Equal("averaged weights", imported.Kind);
        Assert.Equal([("live weights", average.Tensors.Count), ("noise of the sample pictures (x_T)", 1)],
            imported.LeftOut.Select(part => (part.Key, part.Value)).Order());
        string raw = _folder.File("raw.safetensors");
        Assert.Equal("live weights", ModelImport.Run(path, raw, new() { Raw = true }).Kind);
        Assert.Equal(new TestCheckpoint().Values, ModelFile.Read(raw).Values);
    }

    [Theory]
    [InlineData("model.", false, "holds no averaged weights", "--raw")]
    [InlineData("ema_model.", true, "holds no live weights", "without --raw")]
    [InlineData("", true, "holds no live weights", "without --raw")]
    public void Weights_that_are_not_there_are_not_replaced_by_others(string prefix, bool raw, string problem, string remedy) =>
        Refused(new TestCheckpoint(prefix: prefix), new() { Raw = raw, Settings = ["data.size=16"] }, problem, remedy);

    [Fact]
    public void Missing_unexpected_and_wrongly_shaped_tensors_are_all_named_at_once() => Refused(
        new TestCheckpoint(prefix: "ema_model.").Without("out.2.bias", "middle_block.1.qkv.weight").With("ema_model.out.0.weight", 3)
            .With("ema_model.new", 2).With("odd", 1).With("model.strange", 1),
        new() { Settings = ["data.size=16"] },
        "2 missing (middle_block.1.qkv.weight, out.2.bias)", "1 of another shape (out.0.weight is 3 instead of 4)",
        "3 unexpected ('model.strange', 'new', 'odd')");

    [Fact]
    public void A_preset_of_other_sizes_is_refused_with_the_differences() => Refused(new TestCheckpoint(), new() { Preset = "celeba64" },
        "is 4×3×3×3 instead of 64×3×3×3", " missing (", " more)");

    [Fact]
    public void A_second_set_without_a_prefix_is_unexpected() => Refused(
        new TestCheckpoint(prefix: "ema_model.").With("out.2.bias", 3), new() { Settings = ["data.size=16"] }, "1 unexpected ('out.2.bias, of a second set')");

    [Fact]
    public void The_size_of_the_images_is_asked_for_where_nothing_tells_it() => Refused(new TestCheckpoint(), new(),
        "does not tell the size of the model's images", "of 32", "--set data.size=N");

    [Fact]
    public void The_size_of_the_images_is_that_of_a_preset_with_the_same_sizes()
    {
        Recipe recipe = TestCheckpoint.Recipe with { Data = new() { Size = 32 }, Model = ModelPresets.Find("cifar32")!.Model };
        string path = new TestCheckpoint(recipe).WriteSafetensors(_folder.File("cifar.safetensors"));
        ImportedFiles imported = ModelImport.Run(path, Model);
        Assert.Equal(32, imported.Model!.Recipe.Data.Size);
        Assert.Contains("Images of 32 pixels, as in the preset cifar32, which has these sizes.", imported.Assumptions);
        Assert.Equal(0.1, imported.Model!.Recipe.Model.Dropout);
    }

    [Theory]
    [InlineData("data.size=64", "was trained on images of 16 pixels, not of 64")]
    [InlineData("model.code=7", "time_embed.time_embed.0.weight is 6×4 instead of 7×4")]
    public void What_the_user_says_is_held_against_the_tensors(string setting, string problem) =>
        Refused(new TestCheckpoint().With("x_T", 2, 3, 16, 16), new() { Settings = [setting] }, problem);

    [Fact]
    public void What_tensors_leave_open_can_be_said()
    {
        ModelOptions model = TestCheckpoint.Recipe.Model with { Multipliers = [1, 1], AttentionAt = [], EncoderMultipliers = [1, 1], EncoderBlocks = 3, Heads = 2 };
        var checkpoint = new TestCheckpoint(TestCheckpoint.Recipe with { Model = model }).With("x_T", 2, 3, 16, 16);
        Refused(checkpoint, new(), "leaves open how the encoder's blocks make levels: 4 of 1 or 2 of 3 or 1 of 7.", "model.encoderBlocks=1 or 3 or 7");
        string path = checkpoint.WriteSafetensors(_folder.File("a.safetensors")), told = _folder.File("told.safetensors");
        ImportedFiles imported = ModelImport.Run(path, told, new() { Settings = ["model.encoderBlocks=3", "model.heads=2", "name=faces", "phases[0].images=640"] });
        Assert.Equal(model, imported.Model!.Recipe.Model with
        {
            Multipliers = model.Multipliers,
            AttentionAt = model.AttentionAt,
            EncoderMultipliers = model.EncoderMultipliers,
        });
        Assert.Equal(("faces", 640), (imported.Model!.Recipe.Name, imported.Model!.ImagesSeen));
        Assert.Empty(imported.Assumptions);
    }

    [Fact]
    public void A_diffusion_model_without_an_encoder_is_no_autoencoder()
    {
        var checkpoint = new TestCheckpoint();
        string[] encoder = [.. checkpoint.Tensors.Keys.Where(name => name.StartsWith("encoder.", StringComparison.Ordinal))];
        Refused(checkpoint.Without(encoder), new(), "has no encoder");
    }

    [Fact]
    public void A_file_of_something_else_is_refused_with_an_example() =>
        Refused(new TestCheckpoint().Without([.. new TestCheckpoint().Tensors.Keys]).With("bert.weight", 2), new(), "holds no model of Diff-AE (but 'bert.weight'");

    [Fact]
    public void Weights_that_are_no_numbers_are_refused()
    {
        var checkpoint = new TestCheckpoint();
        checkpoint.Tensors["out.2.bias"].Values[1] = float.NaN;
        Refused(checkpoint, new() { Settings = ["data.size=16"] }, "no numbers in 1 tensors, such as out.2.bias");
    }

    [Fact]
    public void A_value_that_makes_no_recipe_is_refused_as_any_recipe_is() => Assert.Contains("model.chanels",
        Assert.Throws<RecipeException>(() => ModelImport.Run(new TestCheckpoint().WriteSafetensors(_folder.File("a.safetensors")), Model,
            new() { Settings = ["data.size=16", "model.chanels=4"] })).Message);

    [Fact]
    public void An_empty_or_strange_file_is_neither_kind()
    {
        foreach (string name in new[] { "a.ckpt", "a.safetensors" })
        {
            File.WriteAllText(_folder.File(name), name == "a.ckpt" ? "" : "plain text, long enough");
            Assert.Throws<FileFormatException>(() => ModelImport.Run(_folder.File(name), Model));
        }
        Assert.False(File.Exists(Model));
    }

    // Whatever the reason, the model that was there stays.
    private void Refused(TestCheckpoint checkpoint, ImportOptions options, params string[] words)
    {
        ModelImport.Run(new TestCheckpoint().WriteSafetensors(_folder.File("good.safetensors")), Model, new() { Settings = ["data.size=16"] });
        byte[] older = File.ReadAllBytes(Model);
        string path = checkpoint.WriteSafetensors(_folder.File("bad.safetensors"));
        string message = Assert.ThrowsAny<UnderpaintException>(() => ModelImport.Run(path, Model, options)).Message;
        Assert.All(words, word => Assert.Contains(word, message));
        Assert.Contains("bad.safetensors", message);
        Assert.Equal(older, File.ReadAllBytes(Model));
    }
}
