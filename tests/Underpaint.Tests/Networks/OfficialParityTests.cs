using System.Text.Json;
using TorchSharp;
using Underpaint.Diffusion;
using Underpaint.Networks;
using Underpaint.Storage;
using Underpaint.Training;
using static TorchSharp.torch;

namespace Underpaint.Tests.Networks;

/// <summary>Whole networks against the official code with random weights: A at 32 × 32, B at 64 × 64.</summary>
public sealed class OfficialParityTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    public void Codes_agree_within_1e_5(string model)
    {
        using var golden = new Golden(model);
        Assert.True(Largest(golden.Codes() - golden["z"]) <= 1e-5);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    public void Predicted_noise_agrees_within_5e_5(string model)
    {
        using var golden = new Golden(model);
        Assert.True(Largest(golden.PredictNoise(golden.Codes()) - golden["eps"]) <= 5e-5);
        Assert.True(Largest(golden.PredictNoise(golden["cond_rand"]) - golden["eps_cond_rand"]) <= 5e-5);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    public void A_ten_step_decode_agrees_within_3e_4_at_every_step(string model)
    {
        using var golden = new Golden(model);
        double worst = 0;
        Tensor decoded = golden.Follow(golden["x_T"], NoiseSchedule.LinearBeta.DecodingLevels(10, Prediction.Noise),
            (step, image) => worst = Math.Max(worst, Largest(image[0] - golden["ddim10_pred_xstart"][step])));
        Assert.True(Largest(decoded - golden["ddim10_decode"]) <= 3e-4);
        Assert.True(worst <= 3e-4, $"{worst}");
    }

    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    public void A_ten_step_inversion_agrees_within_3e_4(string model)
    {
        using var golden = new Golden(model);
        Tensor code = golden.Follow(golden["x"], NoiseSchedule.LinearBeta.InversionLevels(10, Prediction.Noise));
        Assert.True(Largest(code - golden["ddim10_invert_x"]) <= 3e-4);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    public void A_training_step_has_the_official_loss_gradients_weights_and_average(string model)
    {
        using var golden = new Golden(model);
        golden.Network.Weights.Train();
        double loss = Backpropagation.Run(golden.Network, golden["x"], golden["x_t"], golden.Times(), golden["noise"]);
        Assert.Equal(golden["loss"].ToDouble(), loss, 1e-5);

        float[] norms = golden["grad_norms"].data<float>().ToArray();
        foreach (var (name, norm) in golden.ParameterOrder.Zip(norms))
        {
            double ours = golden.Named(name).Value.grad!.norm().ToDouble();
            Assert.True(Math.Abs(ours - norm) <= Math.Max(1e-4 * norm, 1e-6), $"{name}: {ours} for {norm}");
        }
        foreach (string name in golden.Tensors("grad."))
        {
            Tensor official = golden["grad." + name];
            double relative = Largest(golden.Named(name).Value.grad! - official) / official.abs().max().ToDouble();
            Assert.True(relative <= 1e-4, $"{name}: {relative}");
        }

        using var average = new WeightSetCopy(golden.Network.Weights);
        using var optimizer = new AdamOptimizer(golden.Network.Weights, new OptimizerOptions());
        double total = optimizer.GradientNorm();
        Assert.Equal(golden["grad_total_norm"].ToDouble(), total, 1e-4);
        optimizer.Update(1e-4, total, golden.Network.Weights.Count);
        WeightAverage.Update(average.Weights, golden.Network.Weights, 0.9999);
        foreach (string name in golden.Tensors("after_step."))
        {
            // Adam's first step is the gradient's sign: where the gradient is nothing but rounding, only the step's size is sure.
            Tensor tolerance = where(golden["grad." + name].abs() > 1e-5, tensor(1e-6f), tensor(2e-4f));
            Tensor difference = golden.Named(name).Value.detach() - golden["after_step." + name];
            Assert.True((difference.abs() <= tolerance).all().ToBoolean(), name);
            Assert.True(Largest(average.Named(name) - golden["ema_after_step." + name]) <= 1e-6, name);
        }
        double after = (golden.PredictNoise(golden.Codes()) - golden["noise"]).square().mean().ToDouble();
        Assert.Equal(golden["loss_after_step"].ToDouble(), after, 1e-4);
    }

    private static double Largest(Tensor difference) => difference.abs().max().ToDouble();

    /// <summary>An average of the golden network's weights, which starts as a copy of them.</summary>
    private sealed class WeightSetCopy : IDisposable
    {
        public WeightSetCopy(WeightSet original)
        {
            foreach (Weight weight in original.All)
                _ = Weights.Declare(weight.Name, [.. weight.Shape], WeightInitialization.Zero);
            Weights.Allocate();
            Weights.Load(original.ToArray());
        }

        public WeightSet Weights { get; } = new();

        public Tensor Named(string name) => Weights.All.Single(weight => weight.Name == name).Value;

        public void Dispose() => Weights.Dispose();
    }

    private sealed class Golden : IDisposable
    {
        private readonly SafetensorsFile _io;

        public Golden(string model)
        {
            JsonElement config = JsonDocument.Parse(File.ReadAllText(SharedFiles.Path("golden", "diffae", model, "config.json"))).RootElement;
            int[] Ints(string key) => [.. config.GetProperty(key).EnumerateArray().Select(value => value.GetInt32())];
            int Int(string key) => config.GetProperty(key).GetInt32();
            var options = new ModelOptions
            {
                Channels = Int("ch"),
                Multipliers = Ints("mult"),
                Blocks = Int("nrb"),
                AttentionAt = Ints("attn"),
                Code = Int("style"),
                EncoderMultipliers = Ints("enc_mult"),
                EncoderBlocks = Int("enc_nrb"),
                TimeEmbedding = Int("embed"),
                Heads = Int("heads"),
            };
            Network = new(options, Int("img"), 3);
            ParameterOrder = [.. config.GetProperty("parameter_order").EnumerateArray().Select(name => name.GetString()!)];
            using SafetensorsFile weights = SafetensorsFile.Open(SharedFiles.Path("golden", "diffae", model, "weights.safetensors"));
            Network.Weights.Allocate();
            Network.Weights.Load(WeightTensors.Read(weights, Network.Weights));
            _io = SafetensorsFile.Open(SharedFiles.Path("golden", "diffae", model, "io.safetensors"));
        }

        public AutoencoderNetwork Network { get; }

        public string[] ParameterOrder { get; }

        public Tensor this[string name]
        {
            get
            {
                TensorEntry entry = _io.Tensors[name];
                return tensor(_io.ReadFloats(name)).view([.. entry.Shape]);
            }
        }

        public IEnumerable<string> Tensors(string prefix) =>
            _io.Tensors.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..]);

        public Weight Named(string name) => Network.Weights.All.Single(weight => weight.Name == name);

        public Tensor Codes() => Network.Encode(this["x"]);

        public Tensor PredictNoise(Tensor codes) => Network.Predict(this["x_t"], Times(), codes);

        public Tensor Follow(Tensor start, IReadOnlyList<NoiseLevel> levels, Action<int, Tensor>? onImage = null)
        {
            Tensor codes = Codes();
            return Ddim.Follow((noisy, level) => Network.Predict(noisy, full(noisy.size(0), (float)level.Time), codes),
                Prediction.Noise, start, levels, onImage: onImage);
        }

        public void Dispose()
        {
            Network.Dispose();
            _io.Dispose();
        }

        public Tensor Times()
        {
            TensorEntry entry = _io.Tensors["t"];
            var bytes = new byte[entry.Length];
            _io.ReadBytes("t", bytes);
            return tensor(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(bytes).ToArray()).to(ScalarType.Float32);
        }
    }
}
