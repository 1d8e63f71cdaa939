using System.Text.Json.Nodes;
using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Tests.Runs;

/// <summary>Runs that go on from a model: 16 images in batches of 4, with a checkpoint after every 8.</summary>
public sealed class RunStartModelTests : IDisposable
{
    private readonly SmallRun _runs = new();
    private readonly string _model;

    public RunStartModelTests()
    {
        RunFolder run = _runs.Start("base");
        Assert.True(SmallRun.Train(run));
        _model = _runs.File("model.safetensors");
        File.Copy(run.ModelFile, _model);
    }

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Training_starts_from_the_model_s_weights_as_weights_and_average()
    {
        RunFolder folder = Begin("run");
        float[] values = ModelFile.Read(_model).Values;
        using TrainingData images = TrainingData.Open(SmallRun.Data, null, SmallRun.Recipe);
        using var run = new TrainingRun(folder, images, Tiny.Device);
        Assert.Equal(values, run.Trainer.Network.Weights.ToArray());
        Assert.Equal(values, run.Trainer.Average.Weights.ToArray());
        Assert.Equal((0, 16, "detail"), (run.StartedAt, run.Plan.End, Assert.Single(run.Plan.Spans).Name));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    public void A_run_that_dies_goes_on_with_the_same_bits_even_where_the_model_has_gone(long diesAt)
    {
        RunFolder whole = Begin("whole"), broken = Begin("broken");
        Assert.True(SmallRun.Train(whole));
        File.Delete(_model);
        Assert.Throws<Died>(() => SmallRun.Train(broken, new Listener(step =>
        {
            if (step.ImagesSeen == diesAt)
                throw new Died();
        })));
        Assert.True(SmallRun.Train(broken));
        Assert.Equal(SmallRun.Hash(whole), SmallRun.Hash(broken));
        Assert.Single(Lines(broken), line => (string?)line["kind"] == "start");
    }

    [Fact]
    public void Without_any_sound_checkpoint_it_begins_again_from_the_model_and_not_from_fresh_weights()
    {
        RunFolder whole = Begin("whole"), broken = Begin("broken");
        Assert.True(SmallRun.Train(whole));
        Assert.True(SmallRun.Train(broken));
        foreach (string weights in Directory.EnumerateFiles(broken.CheckpointsFolder, "weights.safetensors", SearchOption.AllDirectories))
            File.WriteAllText(weights, "damaged");
        File.Delete(broken.ModelFile);
        var listener = new Listener();
        Assert.True(SmallRun.Train(broken, listener));
        Assert.Contains("training starts again", listener.Told);
        Assert.Equal(SmallRun.Hash(whole), SmallRun.Hash(broken));
    }

    [Fact]
    public void What_it_goes_on_from_stands_in_recipe_metrics_and_model_file()
    {
        RunFolder run = Begin("run");
        Assert.True(SmallRun.Train(run));
        var expected = new StartOptions { Model = "small", ImagesSeen = 32, Sha256 = ModelFile.Describe(_model).Checksum };
        Assert.Equal(expected, RunStart.ReadRecipe(run).Start);
        Assert.Equal(expected, ModelFile.Describe(run.ModelFile).Recipe.Start);
        JsonObject line = Lines(run).First();
        Assert.Equal(("start", 0, "small", 32, expected.Sha256), ((string?)line["kind"], (int)line["imagesSeen"]!,
            (string?)line["model"], (int)line["modelImagesSeen"]!, (string?)line["sha256"]));
    }

    [Fact]
    public void The_same_request_finds_the_same_run_and_mends_a_missing_copy()
    {
        RunFolder run = Begin("run");
        File.Delete(run.StartFile);
        Assert.Contains("no copy of the model", Assert.Throws<UnderpaintException>(() => SmallRun.Train(run)).Message);
        Assert.Equal(run.Path, Begin("run").Path);
        Assert.True(SmallRun.Train(run));
    }

    [Fact]
    public void A_copy_that_is_damaged_or_of_another_model_is_not_trained()
    {
        RunFolder run = Begin("run");
        byte[] copy = File.ReadAllBytes(run.StartFile);
        copy[^1] ^= 1;
        File.WriteAllBytes(run.StartFile, copy);
        Assert.Contains("do not match its checksum", Assert.Throws<FileFormatException>(() => SmallRun.Train(run)).What);

        RunFolder other = _runs.Start("other", recipe: SmallRun.Recipe with { Seed = 6 });
        Assert.True(SmallRun.Train(other));
        File.Copy(other.ModelFile, run.StartFile, overwrite: true);
        Assert.Contains("is not the model", Assert.Throws<FileFormatException>(() => SmallRun.Train(run)).What);
    }

    [Fact]
    public void A_recipe_and_a_model_that_do_not_belong_together_make_no_run()
    {
        ModelDescription model = ModelFile.Describe(_model);
        Recipe recipe = Continue(model);
        Assert.Contains("--from MODEL", Assert.Throws<UnderpaintException>(() => Create(recipe, null)).Message);
        Assert.Throws<UnderpaintException>(() => Create(SmallRun.Recipe, model));
        Assert.Throws<UnderpaintException>(() => Create(recipe, model with { Checksum = new string('0', 64) }));
        Assert.False(Directory.Exists(_runs.File("run")));
    }

    [Fact]
    public void A_start_cannot_change_in_a_run_that_has_begun() => Assert.Contains("start cannot change",
        Assert.Throws<UnderpaintException>(() => RecipeAmendment.Apply(Begin("run"), ["start.imagesSeen=1"])).Message);

    private RunFolder Begin(string name)
    {
        ModelDescription model = ModelFile.Describe(_model);
        return Create(Continue(model), model, name);
    }

    private RunFolder Create(Recipe recipe, ModelDescription? model, string name = "run") =>
        RunStart.FindOrCreate(recipe, SmallRun.Data, null, _runs.File(name), from: model);

    private static Recipe Continue(ModelDescription model) => RecipeReader.Read(RecipeWriter.Write(SmallRun.Recipe), "small.json", null, model);

    private static IEnumerable<JsonObject> Lines(RunFolder run) => new MetricsLog(run.MetricsFile).ReadAll();

    private sealed class Died : Exception;
}
