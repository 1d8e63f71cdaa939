using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Tests.Runs;

public sealed class JudgedImagesTests : IDisposable
{
    private readonly SmallRun _runs = new();
    private readonly RunFolder _run;

    public JudgedImagesTests()
    {
        _run = _runs.Start("run");
        SmallRun.Train(_run);
    }

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Without_a_path_they_are_those_that_the_run_held_out()
    {
        using JudgedImages images = JudgedImages.Open(_run.Path, path: null);
        using TrainingData data = RunStart.ReopenData(_run);
        Assert.True(images.AreHeldOut);
        Assert.Null(images.Warning);
        Assert.Equal(data.Validation.Fingerprint(), images.Source.Fingerprint());
    }

    [Fact]
    public void The_run_s_model_file_knows_them_as_well()
    {
        using JudgedImages images = JudgedImages.Open(_run.ModelFile, path: null);
        Assert.True(images.AreHeldOut);
    }

    [Fact]
    public void The_training_images_are_warned_of_wherever_they_lie()
    {
        using JudgedImages images = JudgedImages.Open(_run.Path, SmallRun.Data);
        Assert.False(images.AreHeldOut);
        Assert.Contains("trained on these images", images.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_images_are_not_warned_of()
    {
        using JudgedImages images = JudgedImages.Open(_run.Path, "ornaments:12,16,4");
        Assert.Null(images.Warning);
    }

    [Fact]
    public void A_model_file_on_its_own_needs_a_path()
    {
        string alone = _runs.File("alone.safetensors");
        File.Copy(_run.ModelFile, alone);
        var error = Assert.Throws<UnderpaintException>(() => JudgedImages.Open(alone, path: null));
        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
        using JudgedImages images = JudgedImages.Open(alone, SmallRun.Data);
        Assert.Null(images.Warning);
    }

    [Fact]
    public void Data_that_changed_since_the_training_are_warned_of()
    {
        string folder = _runs.File("images");
        SmallRun.WriteImages(folder, 12, seed: 1);
        RunFolder run = _runs.Start("other", folder);
        SmallRun.Train(run, data: folder);
        SmallRun.WriteImages(folder, 12, seed: 2);
        using JudgedImages images = JudgedImages.Open(run.Path, path: null);
        Assert.Contains("holds other images than in training", images.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_that_were_added_before_the_run_went_on_are_warned_of()
    {
        string folder = _runs.File("images");
        SmallRun.WriteImages(folder, 12, seed: 1);
        RunFolder run = _runs.Start("other", folder);
        using var stop = new CancellationTokenSource();
        Assert.False(SmallRun.Train(run, new Listener(step => { if (step.ImagesSeen == 8) stop.Cancel(); }), data: folder, stop: stop.Token));
        SmallRun.WriteImages(folder, 20, seed: 1);
        Assert.True(SmallRun.Train(run, data: folder));
        using JudgedImages images = JudgedImages.Open(run.Path, path: null);
        Assert.Contains("held other images in a part of the training", images.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_images_held_out_than_in_training_is_warned_of()
    {
        // A recipe that was changed by hand.
        Recipe recipe = SmallRun.Recipe with { Validation = SmallRun.Recipe.Validation with { HeldOut = 2 } };
        AtomicFile.WriteText(_run.RecipeFile, RecipeWriter.Write(recipe));
        using JudgedImages images = JudgedImages.Open(_run.Path, path: null);
        Assert.Contains("has 2 images held out now, and had 1 in training", images.Warning, StringComparison.Ordinal);
    }
}
