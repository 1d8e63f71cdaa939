using TorchSharp;
using Underpaint.Data;
using Underpaint.Diffusion;
using Underpaint.Networks;
using Underpaint.Training;
using static TorchSharp.torch;

namespace Underpaint.Tests.Training;

public class TrainerTests
{
    [Fact]
    public void The_same_recipe_trains_to_the_same_bits() => Assert.Equal(WeightsAfter(Tiny.WithDropout(0.1), 6), WeightsAfter(Tiny.WithDropout(0.1), 6));

    [Fact]
    public void Another_seed_trains_to_other_weights() =>
        Assert.NotEqual(WeightsAfter(Tiny.Recipe, 2), WeightsAfter(Tiny.Recipe with { Seed = 6 }, 2));

    [Fact]
    public void A_fresh_model_is_finite_and_predicts_nothing()
    {
        using var training = new TinyTraining(Tiny.Recipe);
        using var scope = NewDisposeScope();
        Tensor codes = training.Trainer.Network.Encode(zeros(2, 3, 16, 16));
        Tensor output = training.Trainer.Network.Predict(randn(2, 3, 16, 16), full(2, 500f), codes);
        Assert.True(codes.isfinite().all().ToBoolean());
        Assert.Equal(0, output.abs().max().ToDouble());
    }

    [Fact]
    public void Codes_can_start_with_a_spread_that_the_decoder_hears()
    {
        using var network = new AutoencoderNetwork(Tiny.Model, 16, 3);
        using var scope = NewDisposeScope();
        network.Weights.Initialize(seed: 1);
        using ImageBatch batch = ImageBatch.From(PixelBatch.Load(Tiny.Images(), [.. Enumerable.Range(0, 8)], Tiny.Recipe.Data));
        Tensor images = batch.Tensor;
        Assert.InRange(Spread(network.Encode(images)), 0, 0.3);
        network.SpreadCodes(images, 3);
        Tensor codes = network.Encode(images);
        Assert.Equal(3, Spread(codes), 1e-3);
        Assert.Equal(0, codes.mean([0]).abs().max().ToDouble(), 1e-4);

        static double Spread(Tensor codes) => (codes - codes.mean([0])).square().mean().sqrt().ToDouble();
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    public void Codes_that_do_not_differ_are_left_as_they_are(int count, int image)
    {
        using var network = new AutoencoderNetwork(Tiny.Model, 16, 3);
        using var scope = NewDisposeScope();
        network.Weights.Initialize(seed: 1);
        float[] before = network.Weights.ToArray();
        using ImageBatch batch = ImageBatch.From(PixelBatch.Load(Tiny.Images(), [.. Enumerable.Repeat(image, count)], Tiny.Recipe.Data));
        network.SpreadCodes(batch.Tensor, 3);
        Assert.Equal(before, network.Weights.ToArray());
    }

    [Fact]
    public void A_share_that_is_too_large_to_be_computed_is_refused_before_the_first_step()
    {
        Recipe recipe = Tiny.Recipe with { Data = new() { Size = 256 }, Optimizer = new() { Batch = 1024 } };
        var device = Tiny.Device with { Threads = 2 };
        recipe = recipe with { Model = Tiny.Model with { Channels = 256, AttentionAt = [] } };
        var error = Assert.Throws<UnderpaintException>(() => Trainer.CheckShare(recipe, device));
        Assert.Contains("512 images at once", error.What, StringComparison.Ordinal);
        int batch = int.Parse(error.Remedy.Split("optimizer.batch of ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Trainer.CheckShare(recipe with { Optimizer = new() { Batch = batch } }, device);
        Assert.Throws<UnderpaintException>(() => Trainer.CheckShare(recipe with { Optimizer = new() { Batch = batch + 1 } }, device));
        Assert.Contains("attention at lower resolutions",
            Assert.Throws<UnderpaintException>(() => Trainer.CheckShare(recipe with { Model = Tiny.Model with { AttentionAt = [256] } }, device)).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spread_of_codes_repeats_to_the_same_bits_and_changes_what_is_learnt()
    {
        Recipe spread = Tiny.Recipe with { Model = Tiny.Model with { CodeSpread = 3 } };
        Assert.Equal(WeightsAfter(spread, 2), WeightsAfter(spread, 2));
        Assert.NotEqual(WeightsAfter(spread, 2), WeightsAfter(Tiny.Recipe, 2));
    }

    [Fact]
    public void In_the_structure_phase_every_image_is_at_the_highest_noise()
    {
        using var training = new TinyTraining(Tiny.Recipe);
        Assert.All(training.Trainer.Step().NoiseShares, share => Assert.Equal(1, share));
    }

    [Fact]
    public void The_first_loss_of_the_structure_phase_is_the_mean_square_of_the_images()
    {
        using var training = new TinyTraining(Tiny.Recipe);
        using var images = new Underpaint.Data.BatchStream(training.Images, Tiny.Recipe.Data, 8, Tiny.Recipe.Seed);
        double expected = images.Next().Pixels.Average(value => Math.Pow(value / 127.5 - 1, 2));
        Assert.Equal(expected, training.Trainer.Step().Loss, 1e-5);
    }

    [Fact]
    public void The_loss_falls()
    {
        Phase phase = Tiny.Recipe.Phases[1] with { Images = 8 * 80, LearningRate = 5e-3 };
        using var training = new TinyTraining(Tiny.Recipe with { Phases = [phase] });
        double[] losses = [.. Enumerable.Range(0, 80).Select(_ => training.Trainer.Step().Loss)];
        Assert.True(losses[^10..].Average() < 0.7 * losses[..5].Average(), string.Join(' ', losses));
    }

    [Fact]
    public void Rehearsal_keeps_its_share_of_samples_at_the_highest_noise()
    {
        Phase phase = Tiny.Recipe.Phases[1] with { Images = 400, Rehearsal = 0.25 };
        using var training = new TinyTraining(Tiny.Recipe with { Phases = [phase], Optimizer = new() { Batch = 100 } });
        double share = Enumerable.Range(0, 4).SelectMany(_ => training.Trainer.Step().NoiseShares).Average(noise => noise == 1 ? 1.0 : 0.0);
        Assert.Equal(0.25, share, 0.08);
    }

    [Fact]
    public void A_frozen_encoder_stays_as_it_is_while_the_decoder_learns()
    {
        Phase phase = Tiny.Recipe.Phases[1] with { FreezeEncoder = true };
        using var training = new TinyTraining(Tiny.Recipe with { Phases = [phase] });
        int decoder = (int)training.Trainer.Network.DecoderWeights;
        float[] before = training.Trainer.Network.Weights.ToArray();
        _ = training.Trainer.Step();
        _ = training.Trainer.Step();
        float[] after = training.Trainer.Network.Weights.ToArray();
        Assert.Equal(before[decoder..], after[decoder..]);
        Assert.NotEqual(before[..decoder], after[..decoder]);
    }

    [Fact]
    public void The_encoder_learns_through_the_decoder()
    {
        using var training = new TinyTraining(Tiny.Recipe);
        int decoder = (int)training.Trainer.Network.DecoderWeights;
        float[] before = training.Trainer.Network.Weights.ToArray();
        for (int i = 0; i < 4; i++)
            _ = training.Trainer.Step();
        Assert.NotEqual(before[decoder..], training.Trainer.Network.Weights.ToArray()[decoder..]);
    }

    [Theory]
    [InlineData("l2")]
    [InlineData("decorrelation")]
    public void A_code_penalty_is_followed_and_told_beside_the_loss(string kind)
    {
        CodePenalty penalty = kind == "l2" ? CodePenalty.L2(10) : CodePenalty.Decorrelation(10);
        Phase phase = Tiny.Recipe.Phases[0] with { Images = 40 * 40, CodePenalty = penalty, LearningRate = 5e-4 };
        using var training = new TinyTraining(Tiny.Recipe with { Phases = [phase], Optimizer = new() { Batch = 40 } });
        double[] costs = [.. Enumerable.Range(0, 40).Select(_ => training.Trainer.Step().CodeCost)];
        Assert.True(costs[^5..].Average() < 0.8 * costs[0], string.Join(' ', costs));
    }

    [Fact]
    public void A_code_penalty_changes_the_encoder_and_leaves_the_decoder_s_first_step_as_it_is()
    {
        Recipe asked = Tiny.Recipe with { Phases = [Tiny.Recipe.Phases[0] with { CodePenalty = CodePenalty.L2(1) }], Optimizer = new() { Batch = 8, Clip = 0 } };
        Recipe plain = asked with { Phases = [Tiny.Recipe.Phases[0]] };
        using var training = new TinyTraining(plain);
        int decoder = (int)training.Trainer.Network.DecoderWeights;
        float[] with = WeightsAfter(asked, 1), without = WeightsAfter(plain, 1);
        Assert.Equal(without[..decoder], with[..decoder]);
        Assert.NotEqual(without[decoder..], with[decoder..]);
    }

    [Fact]
    public void A_phase_may_have_its_own_learning_rate_and_a_run_a_warm_up()
    {
        Phase phase = Tiny.Recipe.Phases[0] with { LearningRate = 0.02 };
        using var training = new TinyTraining(Tiny.Recipe with { Phases = [phase], Optimizer = new() { Batch = 8, Warmup = 16 } });
        double[] rates = [.. Enumerable.Range(0, 4).Select(_ => training.Trainer.Step().LearningRate)];
        Assert.Equal(0.02, rates[^1]);
        Assert.True(rates[0] < rates[1] && rates[1] < rates[2]);
    }

    [Fact]
    public void The_encoder_may_have_a_learning_rate_of_its_own_in_a_phase()
    {
        Phase phase = Tiny.Recipe.Phases[0] with { LearningRate = 1e-3, EncoderLearningRate = 1e-5 };
        using var slow = new TinyTraining(Tiny.Recipe with { Phases = [phase] });
        using var usual = new TinyTraining(Tiny.Recipe with { Phases = [phase with { EncoderLearningRate = null }] });
        int decoder = (int)usual.Trainer.Network.DecoderWeights;
        float[] before = usual.Trainer.Network.Weights.ToArray();
        float[] fast = before, few = before;
        // The decoder starts with layers of zeros: it takes a few steps until the encoder has a gradient. Its first move is the one to
        // compare, since after it the gradients are no longer the same.
        for (int step = 0; step < 6 && Moved(fast) == 0; step++)
        {
            Assert.Equal(usual.Trainer.Step().LearningRate, slow.Trainer.Step().LearningRate);
            (fast, few) = (usual.Trainer.Network.Weights.ToArray(), slow.Trainer.Network.Weights.ToArray());
        }
        Assert.True(Moved(fast) > 0);
        Assert.Equal(fast[..decoder], few[..decoder]);
        Assert.Equal(Moved(fast) / 100, Moved(few), 0.1 * Moved(fast) / 100);

        double Moved(float[] after) => Enumerable.Range(decoder, after.Length - decoder).Sum(i => Math.Abs(after[i] - before[i]));
    }

    [Fact]
    public void A_loss_that_is_not_a_number_stops_the_training_and_names_the_images()
    {
        using var training = new TinyTraining(Tiny.Recipe);
        using (no_grad())
            _ = training.Trainer.Network.Weights.Values.fill_(float.NaN);
        var error = Assert.Throws<UnderpaintException>(() => training.Trainer.Step());
        Assert.Contains("phase structure", error.Message, StringComparison.Ordinal);
        Assert.Contains("learningRate", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Prediction.Noise)]
    [InlineData(Prediction.Image)]
    public void The_other_predictions_train_too(Prediction prediction)
    {
        Phase phase = Tiny.Recipe.Phases[0] with { Schedule = NoiseSchedule.LinearBeta, Predict = prediction };
        using var training = new TinyTraining(Tiny.Recipe with { Phases = [phase] });
        Assert.True(double.IsFinite(training.Trainer.Step().Loss));
    }

    private static float[] WeightsAfter(Recipe recipe, int steps)
    {
        using var training = new TinyTraining(recipe);
        for (int i = 0; i < steps; i++)
            _ = training.Trainer.Step();
        return training.Trainer.Network.Weights.ToArray();
    }
}
