using Underpaint.Codes.Directions;
using Underpaint.Exchange;

namespace Underpaint.Tests.Exchange;

/// <summary>Checkpoints of classifiers of attributes.</summary>
public sealed class DirectionsImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Directions => _folder.File("directions.safetensors");

    [Fact]
    public void A_classifier_becomes_directions_that_move_codes_as_the_official_code_does()
    {
        string path = LatentCheckpoint.Empty().WithClassifier("classifier.", 40).WithClassifier("ema_classifier.", 40, first: 0.5f).WithStatistics()
            .WriteSafetensors(_folder.File("cls.safetensors"));
        ImportedFiles imported = ModelImport.Run(path, Directions, new() { Model = Model() });
        Assert.Equal(("averaged weights", 40, "5_o_Clock_Shadow"), (imported.Kind, imported.Directions!.Names.Count, imported.Directions.Names[0]));
        Assert.Equal(2, imported.LeftOut["live weights"]);
        DirectionSet set = DirectionSet.Load(Directions);
        Assert.Equal(ModelFile.Describe(Model()).Identity, set.Model);

        // z' = ((z − m) / s + 0.3 · √d · w / ‖w‖) · s + m, of the 32nd attribute; the deviations are 1, 2, ….
        float[] weights = [.. Enumerable.Range(31 * 6, 6).Select(i => 0.5f + MathF.Sin(i))];
        double length = Math.Sqrt(weights.Sum(weight => (double)weight * weight));
        double[] expected = [.. weights.Select((weight, i) => 10 + 0.3 * Math.Sqrt(6) * weight / length * (i + 1))];
        foreach (DirectionKind? kind in new DirectionKind?[] { null, DirectionKind.Effect, DirectionKind.Probe })
            Assert.All(set.Move([10, 10, 10, 10, 10, 10], [new("Smiling", 1)], kind: kind).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5));

        string raw = _folder.File("raw.safetensors");
        ModelImport.Run(path, raw, new() { Model = Model(), Raw = true });
        Assert.Equal([.. Enumerable.Range(0, 6).Select(i => MathF.Sin(i))], DirectionSet.Load(raw).Directions[0].Probe);
    }

    [Fact]
    public void Directions_are_replaced_by_the_very_same_only()
    {
        string path = LatentCheckpoint.Empty().WithClassifier("classifier.", 2).WithClassifier("ema_classifier.", 2, first: 0.5f).WithStatistics()
            .WriteSafetensors(_folder.File("cls.safetensors"));
        ModelImport.Run(path, Directions, new() { Model = Model() });
        ModelImport.Run(path, Directions, new() { Model = Model() });
        byte[] before = File.ReadAllBytes(Directions);
        Assert.Contains($"{Directions} is there already, and is something else",
            Assert.Throws<UnderpaintException>(() => ModelImport.Run(path, Directions, new() { Model = Model(), Raw = true })).Message);
        Assert.Equal(before, File.ReadAllBytes(Directions));
    }

    [Theory]
    [InlineData(1, "Smiling", "Smiling")]
    [InlineData(1, "", "attribute-1")]
    [InlineData(2, "Smiling", "attribute-1,attribute-2")]
    public void Attributes_have_the_names_that_there_are(int count, string told, string expected)
    {
        TestCheckpoint checkpoint = LatentCheckpoint.Empty().WithClassifier("ema_classifier.", count).WithStatistics();
        string path = told.Length > 0
            ? checkpoint.WriteLightning(_folder.File("last.ckpt"), globalStep: 1, ("manipulate_cls", told))
            : checkpoint.WriteSafetensors(_folder.File("a.safetensors"));
        Assert.Equal(expected, string.Join(",", ModelImport.Preview(path).Directions!.Names));
    }

    [Fact]
    public void A_classifier_without_its_model_or_of_another_one_s_codes_is_refused()
    {
        string path = LatentCheckpoint.Empty().WithClassifier("ema_classifier.", 2).WithStatistics().WriteSafetensors(_folder.File("a.safetensors"));
        Assert.Contains("--model", Assert.Throws<UnderpaintException>(() => ModelImport.Run(path, Directions)).Message);
        Assert.Contains("holds no autoencoder", Assert.Throws<UnderpaintException>(() => ModelImport.Run(path, Directions, new() { Preset = "ffhq128" })).Message);
        var other = TestCheckpoint.Recipe with { Model = TestCheckpoint.Recipe.Model with { Code = 7 } };
        ModelImport.Run(new TestCheckpoint(other).WriteSafetensors(_folder.File("b.safetensors")), _folder.File("other.safetensors"), new() { Settings = ["data.size=16"] });
        Assert.Contains("codes of 6 numbers; the model's have 7",
            Assert.Throws<FileFormatException>(() => ModelImport.Run(path, Directions, new() { Model = _folder.File("other.safetensors") })).Message);
        Assert.False(File.Exists(Directions));
    }

    [Fact]
    public void The_model_that_a_classifier_belongs_to_is_not_replaced()
    {
        string path = LatentCheckpoint.Empty().WithClassifier("ema_classifier.", 2).WithStatistics().WriteSafetensors(_folder.File("a.safetensors")), model = Model();
        byte[] before = File.ReadAllBytes(model);
        Assert.Contains("is read for this", Assert.Throws<UnderpaintException>(() => ModelImport.Run(path, model, new() { Model = model })).Message);
        Assert.Equal(before, File.ReadAllBytes(model));
    }

    [Fact]
    public void The_same_weights_imported_with_another_crop_or_other_heads_are_another_model()
    {
        string path = _folder.File("c.safetensors"), classifier = LatentCheckpoint.Empty().WithClassifier("ema_classifier.", 2).WithStatistics().WriteSafetensors(_folder.File("a.safetensors"));
        ModelImport.Run(classifier, Directions, new() { Model = Model() });
        foreach (string setting in new[] { "data.crop=celeba", "model.heads=2" })
        {
            string other = _folder.File($"{setting}.safetensors");
            ModelImport.Run(path, other, new() { Settings = ["data.size=16", setting] });
            Assert.Equal(ModelFile.Describe(Model()).Checksum, ModelFile.Describe(other).Checksum);
            using DiffusionAutoencoder loaded = DiffusionAutoencoder.Load(other, "cpu", "float32");
            Assert.Equal(ModelFile.Describe(other).Identity, loaded.Identity);
            Assert.Contains("another model", Assert.Throws<FileFormatException>(() => DirectionSet.Load(Directions).Check(loaded.Identity, "directions")).Message);
        }
    }

    [Fact]
    public void A_classifier_that_lacks_something_is_refused_with_all_of_it()
    {
        string path = LatentCheckpoint.Empty().WithClassifier("ema_classifier.", 2).WithStatistics().With("ema_classifier.bias", 3).With("odd", 1)
            .WriteSafetensors(_folder.File("a.safetensors"));
        string message = Assert.Throws<FileFormatException>(() => ModelImport.Run(path, Directions, new() { Model = Model() })).Message;
        Assert.Contains("classifier.bias is 3 instead of 2", message);
        Assert.Contains("1 unexpected ('odd')", message);
    }

    private string Model()
    {
        string model = _folder.File("model.safetensors");
        ModelImport.Run(new TestCheckpoint().WriteSafetensors(_folder.File("c.safetensors")), model, new() { Settings = ["data.size=16"] });
        return model;
    }
}
