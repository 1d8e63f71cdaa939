using Underpaint.Codes.Latents;
using Underpaint.Evaluation.Judging;
using Underpaint.Machine;
using Underpaint.Training;

namespace Underpaint.Tests.Training;

/// <summary>Tensors and memory are counted over the whole process, so these run while no other test does.</summary>
[Collection(nameof(TrainerMemoryTests))]
[CollectionDefinition(nameof(TrainerMemoryTests), DisableParallelization = true)]
public class TrainerMemoryTests
{
    private static ComputeDevice TwoThreads => Tiny.Device with { Threads = 2 };

    [Fact]
    public void Over_500_steps_the_live_tensors_stay_the_same_and_the_memory_grows_by_less_than_2_percent()
    {
        using var training = new TinyTraining(Longer);
        void Steps(int count)
        {
            for (int i = 0; i < count; i++)
                _ = training.Trainer.Step();
        }
        Steps(60);
        (long tensors, long memory) = (LeftTensors.Live(), Environment.WorkingSet);
        Steps(500);
        Assert.Equal(tensors, LeftTensors.Live());
        Assert.True(Environment.WorkingSet < 1.02 * memory, $"{memory:N0} to {Environment.WorkingSet:N0} bytes");
    }

    [Fact]
    public void No_thread_of_a_training_leaves_a_tensor_to_the_garbage_collector()
    {
        Recipe recipe = Longer with { Phases = [.. Longer.Phases.Select(phase => phase with { CodePenalty = CodePenalty.L2(0.1) })] };
        using var training = new TinyTraining(recipe, TwoThreads);
        NothingIsLeft(left => Repeat(() => training.Trainer.Step(), left));
    }

    [Fact]
    public void Nor_does_one_of_a_latent_model_s_training()
    {
        var recipe = new LatentRecipe { Network = new() { Width = 8, Layers = 2 }, Optimizer = new() { Batch = 4 } };
        using var trainer = new LatentTrainer(recipe, [.. Enumerable.Range(0, 60).Select(i => MathF.Sin(i))], codeSize: 3, TwoThreads);
        NothingIsLeft(left => Repeat(() => trainer.Step(), left));
    }

    [Fact]
    public void Nor_does_one_of_a_judge_s_training()
    {
        var options = new JudgeOptions { Size = 8, Channels = 8, Features = 12, Images = 160, Batch = 16, HeldOut = 10 };
        NothingIsLeft(left => Judge.Train(Tiny.Images(), options, TwoThreads, _ => left.Look()).Dispose());
    }

    private static Recipe Longer => Tiny.Recipe with
    {
        Phases = [.. Tiny.Recipe.Phases.Select(phase => phase with { Images = 4 * 300 })],
        Optimizer = new() { Batch = 4 },
    };

    private static void Repeat(Action step, LeftTensors left)
    {
        for (int i = 0; i < 10; i++)
        {
            step();
            left.Look();
        }
    }

    private static void NothingIsLeft(Action<LeftTensors> train)
    {
        var left = new LeftTensors();
        train(left);
        Assert.NotEmpty(left.Counts);
        Assert.All(left.Counts, count => Assert.Equal(0, count));
    }
}
