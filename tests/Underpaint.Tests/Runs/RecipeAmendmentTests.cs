using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Tests.Runs;

/// <summary>A run of 16 + 16 images that was stopped after 24: its first phase is over, its second half done.</summary>
public sealed class RecipeAmendmentTests : IDisposable
{
    private const string StructureOnly = """phases=[{"name":"structure","images":16,"schedule":"highest-noise","predict":"velocity"}]""";

    private readonly SmallRun _runs = new();
    private readonly RunFolder _run;

    public RecipeAmendmentTests() => _run = Stopped("a", at: 24);

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void A_change_counts_from_the_newest_checkpoint_on_and_is_recorded()
    {
        RecipeAmendment.Apply(_run, ["optimizer.learningRate=0.5", "optimizer.warmup=0"]);
        var rates = new List<double>();
        Assert.True(SmallRun.Train(_run, new Listener(report => rates.Add(report.LearningRate))));
        Assert.Equal([0.5, 0.5], rates);
        RecipeChange change = Assert.Single(RunMetrics.Read(_run).Changes);
        Assert.Equal(24, change.ImagesSeen);
        Assert.Equal(["optimizer.learningRate=0.5", "optimizer.warmup=0"], change.Settings);
    }

    [Fact]
    public void A_finished_run_can_be_made_longer()
    {
        Assert.True(SmallRun.Train(_run));
        RecipeAmendment.Apply(_run, ["phases[1].images=24"]);
        Assert.False(RunStart.IsFinished(_run, RunStart.ReadRecipe(_run)));
        long last = 0;
        Assert.True(SmallRun.Train(_run, new Listener(report => last = report.ImagesSeen)));
        Assert.Equal(40, last);
    }

    [Fact]
    public void What_is_as_it_was_leaves_no_record()
    {
        RecipeAmendment.Apply(_run, ["optimizer.learningRate=1e-3"]);
        Assert.Empty(RunMetrics.Read(_run).Changes);
    }

    [Theory]
    [InlineData("model.dropout=0.2", "model cannot change")]
    [InlineData("seed=6", "seed cannot change")]
    [InlineData("optimizer.batch=8", "optimizer.batch cannot change")]
    [InlineData("phases[0].images=12", "Phase structure of")]
    [InlineData("phases[1].images=4", "has seen 8 images already")]
    [InlineData(StructureOnly, "has begun, and cannot be left out")]
    [InlineData("validation.heldOut=2", "How many images are held out cannot change")]
    [InlineData("validation.images=2", "Set validation.heldOut=1 as well")]
    public void What_made_the_run_what_it_is_stays(string setting, string reason)
    {
        byte[] before = File.ReadAllBytes(_run.RecipeFile);
        var error = Assert.Throws<UnderpaintException>(() => RecipeAmendment.Apply(_run, [setting]));
        Assert.Contains(reason, error.Message);
        Assert.Equal(before, File.ReadAllBytes(_run.RecipeFile));
    }

    [Fact]
    public void Phases_that_are_still_to_come_can_be_left_out()
    {
        RunFolder run = Stopped("b", at: 8);
        RecipeAmendment.Apply(run, [StructureOnly]);
        long last = 0;
        Assert.True(SmallRun.Train(run, new Listener(report => last = report.ImagesSeen)));
        Assert.Equal(16, last);
    }

    [Fact]
    public void Another_number_of_images_may_be_looked_at_where_the_same_ones_stay_held_out()
    {
        RecipeAmendment.Apply(_run, ["validation.images=2", "validation.heldOut=1"]);
        Assert.Single(RunMetrics.Read(_run).Changes);
    }

    [Fact]
    public void Another_number_of_images_may_be_looked_at_where_they_are_the_run_s_own()
    {
        const string Others = "ornaments:4,16,9";
        RunFolder run = RunStart.FindOrCreate(SmallRun.Recipe, SmallRun.Data, Others, _runs.File("b"));
        using TrainingData images = TrainingData.Open(SmallRun.Data, Others, SmallRun.Recipe);
        Assert.True(SmallRun.Train(run, images));
        RecipeAmendment.Apply(run, ["validation.images=2"]);
        Assert.Single(RunMetrics.Read(run).Changes);
    }

    [Fact]
    public void A_run_that_is_being_trained_is_left_alone()
    {
        using RunLock writer = RunLock.Acquire(_run);
        Assert.Throws<RunInUseException>(() => RecipeAmendment.Apply(_run, ["optimizer.learningRate=0.5"]));
    }

    private RunFolder Stopped(string name, long at)
    {
        RunFolder run = _runs.Start(name);
        using var stop = new CancellationTokenSource();
        Assert.False(SmallRun.Train(run, new Listener(report => { if (report.ImagesSeen == at) stop.Cancel(); }), stop: stop.Token));
        return run;
    }
}
