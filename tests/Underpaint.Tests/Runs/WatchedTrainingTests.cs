using System.Text.Json;
using System.Text.Json.Nodes;
using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Training;
using static TorchSharp.torch;

namespace Underpaint.Tests.Runs;

/// <summary>Training that goes wrong, and what is left of it.</summary>
public sealed class WatchedTrainingTests : IDisposable
{
    private readonly SmallRun _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void A_loss_that_is_not_a_number_ends_the_run_and_keeps_the_last_good_checkpoint()
    {
        RunFolder run = _runs.Start("a");
        UnderpaintException e = TrainAndSpoil(run, after: 20);
        Assert.Contains("The loss is no longer a number: phase detail, after 20 images, noise levels ", e.What);
        Assert.Contains("ornament ", e.What);
        Assert.Contains("The checkpoint at 16 images is kept", e.What);
        Assert.Contains("learningRate", e.Remedy);
        Assert.Equal(["000000008", "000000016"], SmallRun.Checkpoints(run));
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_never_saved()
    {
        RunFolder run = _runs.Start("a");
        UnderpaintException e = TrainAndSpoil(run, after: 24);
        Assert.Contains("The weights are no longer numbers: phase detail, after 24 images. The checkpoint at 16 images is kept", e.What);
        Assert.Equal(["000000008", "000000016"], SmallRun.Checkpoints(run));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(24)]
    public void The_advice_is_to_lower_the_learning_rate_that_counts_in_the_phase(long after)
    {
        Phase detail = SmallRun.Recipe.Phases[1] with { LearningRate = 3e-3 };
        RunFolder run = _runs.Start("a");
        RunFolder third = _runs.Start("c", recipe: SmallRun.Recipe with { Phases = [SmallRun.Recipe.Phases[0], detail with { EncoderLearningRate = 3e-4 }] });
        RunFolder other = _runs.Start("b", recipe: SmallRun.Recipe with { Phases = [SmallRun.Recipe.Phases[0], detail] });
        Assert.Contains("--set \"optimizer.learningRate=3.3e-4\"", TrainAndSpoil(run, after).Remedy);
        Assert.Contains("--set \"phases[detail].learningRate=1e-3\"", TrainAndSpoil(other, after).Remedy);
        Assert.Contains("--set \"phases[detail].learningRate=1e-3\" --set \"phases[detail].encoderLearningRate=1e-4\"", TrainAndSpoil(third, after).Remedy);
    }

    [Fact]
    public void A_source_that_stops_answering_costs_no_step()
    {
        RunFolder whole = _runs.Start("whole"), run = _runs.Start("a");
        Assert.True(SmallRun.Train(whole));
        // One image to validate on, and five batches of four.
        var source = new StuckSource(answers: 21);
        using (TrainingData data = TrainingData.Of(SmallRun.Data, source, SmallRun.Recipe))
        {
            long seen = 0;
            var listener = new Listener(step => seen = step.ImagesSeen);
            // Nobody is impatient before: a busy machine may be late with images that do come.
            var time = new ImpatientTime(_ => seen == 20);
            UnderpaintException e = Assert.Throws<UnderpaintException>(() => SmallRun.Train(run, data, listener, time: time));
            Assert.Contains("The images do not come", e.What);
            Assert.Contains("The checkpoint at 20 images is kept", e.What);
            Assert.Contains("The images are late", listener.Told);
        }
        Assert.True(SmallRun.Train(run));
        Assert.Equal(SmallRun.Hash(whole), SmallRun.Hash(run));
    }

    [Fact]
    public void A_spike_is_read_from_the_metrics_as_it_was_written()
    {
        var spike = new SpikeRecord
        {
            ImagesSeen = 8,
            Phase = "structure",
            Loss = 9,
            UsualLoss = 1,
            GradientNorm = 3,
            Images = ["a.png"],
            NoiseShares = [0.5],
        };
        RunFolder run = _runs.Start("a");
        new MetricsLog(run.MetricsFile).Append(
            (JsonObject)JsonSerializer.SerializeToNode(spike, JsonSerializerOptions.Web)!);
        SpikeRecord read = Assert.Single(RunMetrics.Read(run).Spikes);
        Assert.Equal((8, 9.0, "a.png"), (read.ImagesSeen, read.Loss, read.Images[0]));
    }

    // As a step would whose update overflows: the gradients were finite, the weights no longer are.
    private static UnderpaintException TrainAndSpoil(RunFolder run, long after)
    {
        using TrainingData images = TrainingData.Open(SmallRun.Data, null, SmallRun.Recipe);
        using var training = new TrainingRun(run, images, Tiny.Device);
        var listener = new Listener(step =>
        {
            using var noGradients = no_grad();
            if (step.ImagesSeen == after)
                _ = training.Trainer.Network.Weights.Values.fill_(float.NaN);
        });
        return Assert.Throws<UnderpaintException>(() => training.Train(listener));
    }
}
