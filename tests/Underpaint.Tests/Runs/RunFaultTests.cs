using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Tests.Storage;

namespace Underpaint.Tests.Runs;

/// <summary>Real training of a tiny model, with a fault at each kind of step that a save is made of.</summary>
public sealed class RunFaultTests : IDisposable
{
    private readonly SmallRun _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData(Fault.Full)]
    [InlineData(Fault.Killed)]
    [InlineData(Fault.PowerCutOfNames)]
    public void After_a_fault_at_any_point_the_run_ends_with_the_same_weights(Fault fault)
    {
        RunFolder whole = _runs.Start("whole");
        Assert.True(SmallRun.Train(whole));
        // The store's folder is there from the beginning, so only its own temporary ones are created.
        foreach (SavePoint point in Enum.GetValues<SavePoint>())
        {
            RunFolder run = _runs.Start($"{point}");
            // Not the first of its kind: by then there is something to lose.
            int met = 0;
            using var files = new InjectedFiles(fault, step => step == point && ++met == 2);
            try
            {
                _ = SmallRun.Train(run, files: files);
            }
            catch (UnderpaintException)
            {
                // Ended by the fault; what counts is what it left.
            }
            Assert.True(files.Happened, $"{point} was not met");
            files.Restart();
            Assert.True(SmallRun.Train(run));
            Assert.True(SmallRun.Hash(whole) == SmallRun.Hash(run), $"{fault} at {point} changed the weights");
        }
    }

    // After its last checkpoint, a run's environment, its report and its model are renamed into place, in this order.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_run_that_is_killed_before_its_last_report_and_model_are_there_makes_both_when_it_goes_on(int diesAt)
    {
        RunFolder run = _runs.Start("a");
        int checkpoints = 0, renamed = 0;
        using var files = new InjectedFiles(Fault.Killed, point =>
        {
            checkpoints += point is SavePoint.StoreFlush ? 1 : 0;
            return checkpoints == 4 && point is SavePoint.OtherRename && ++renamed == diesAt;
        });
        Assert.Throws<UnderpaintException>(() => SmallRun.Train(run, files: files, reports: true));
        Assert.False(RunStart.IsFinished(run, SmallRun.Recipe));
        // That of the checkpoint before, or the last one already.
        File.Delete(run.ReportFile);
        Assert.True(SmallRun.Train(run, reports: true));
        Assert.True(File.Exists(run.ReportFile));
        Assert.True(RunStart.IsFinished(run, SmallRun.Recipe));
    }
}
