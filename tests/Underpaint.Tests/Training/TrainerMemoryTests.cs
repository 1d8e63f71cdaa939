using static TorchSharp.torch;

namespace Underpaint.Tests.Training;

/// <summary>Tensors and memory are counted over the whole process, so these run while no other test does.</summary>
[Collection(nameof(TrainerMemoryTests))]
[CollectionDefinition(nameof(TrainerMemoryTests), DisableParallelization = true)]
public class TrainerMemoryTests
{
    [Fact]
    public void Over_500_steps_the_live_tensors_stay_the_same_and_the_memory_grows_by_less_than_2_percent()
    {
        var phases = Tiny.Recipe.Phases.Select(phase => phase with { Images = 4 * 300 }).ToList();
        using var training = new TinyTraining(Tiny.Recipe with { Phases = phases, Optimizer = new() { Batch = 4 } });
        void Steps(int count)
        {
            for (int i = 0; i < count; i++)
                _ = training.Trainer.Step();
        }
        Steps(60);
        (long tensors, long memory) = (LiveTensors(), Environment.WorkingSet);
        Steps(500);
        Assert.Equal(tensors, LiveTensors());
        Assert.True(Environment.WorkingSet < 1.02 * memory, $"{memory:N0} to {Environment.WorkingSet:N0} bytes");
    }

    // What other tests have left to the garbage collector must not count.
    private static long LiveTensors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Tensor.TotalCount;
    }
}
