using System.Runtime.InteropServices;
using TorchSharp;
using Underpaint.Diffusion;
using Underpaint.Networks;
using Underpaint.Storage;
using Underpaint.Training;
using static TorchSharp.torch;

namespace Underpaint.Tests.Networks;

/// <summary>The latent network against the official code with random weights.</summary>
public sealed class LatentParityTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Predicted_noise_agrees_within_1e_5()
    {
        using var golden = new Golden();
        Assert.True(Largest(golden.Network.Predict(golden["z0"], golden.Times()) - golden["pred"]) <= 1e-5);
    }

    [Fact]
    public void Noisy_codes_are_those_of_the_constant_schedule()
    {
        using var golden = new Golden();
        NoiseLevel[] levels = [.. golden.Times().data<float>().Select(time => DiscreteLevels.Constant[(int)time])];
        Tensor alpha = tensor(Array.ConvertAll(levels, level => (float)level.Alpha)).view(-1, 1);
        Tensor sigma = tensor(Array.ConvertAll(levels, level => (float)level.Sigma)).view(-1, 1);
        Assert.True(Largest(PredictionMaths.AddNoise(golden["z0"], golden["noise"], alpha, sigma) - golden["z_t"]) <= 1e-6);
    }

    // Random weights lead DDIM far out: its codes are of the order of hundreds, where float32 itself is no finer than 3e-5, so the measure is the largest of them.
    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(200)]
    public void Ddim_agrees_within_1e_4(int steps)
    {
        using var golden = new Golden();
        Tensor codes = Ddim.Follow((noisy, level) => golden.Network.Predict(noisy, full(noisy.size(0), (float)level.Time)),
            Prediction.Noise, golden["z_T"], [.. DiscreteLevels.Constant.Spaced(steps).Reverse(), NoiseLevel.Clean], clamp: false);
        Tensor official = golden[$"ddim{steps}"];
        double worst = Largest(codes - official) / Largest(official);
        Assert.True(worst <= 1e-4, $"{worst}");
    }

    [Fact]
    public void A_training_step_has_the_official_loss_gradients_and_weights()
    {
        using var golden = new Golden();
        golden.Network.Weights.Train();
        using (Tape tape = Tape.Record())
        {
            Value output = golden.Network.Predict(tape, golden["z_t"], golden.Times());
            Tensor error = output.Data - golden["noise"];
            Assert.Equal(golden["loss"].ToDouble(), error.abs().mean().ToDouble(), 1e-5);
            tape.Backward(output, error.sign() / error.NumberOfElements);
        }
        foreach (string name in golden.Tensors("grad."))
        {
            Tensor official = golden["grad." + name];
            Assert.True(Largest(golden.Named(name).Value.grad! - official) <= 1e-4 * official.abs().max().ToDouble(), name);
        }
        using var optimizer = new AdamOptimizer(golden.Network.Weights, new() { WeightDecay = 0.01, Clip = 0 });
        optimizer.Update(optimizer.GradientNorm(), new WeightGroup(0, golden.Network.Weights.Count, 1e-4));
        foreach (string name in golden.Tensors("after_adamw."))
            Assert.True(Largest(golden.Named(name).Value.detach() - golden["after_adamw." + name]) <= 1e-6, name);
    }

    private static double Largest(Tensor difference) => difference.abs().max().ToDouble();

    private sealed class Golden : IDisposable
    {
        // Stands for the same weights as linear_emb, under a second name.
        private const string Alias = "cond_layers";

        private readonly SafetensorsFile _io = SafetensorsFile.Open(SharedFiles.Path("golden", "diffae", "latent", "io.safetensors"));

        public Golden()
        {
            Network.Weights.Allocate();
            using SafetensorsFile file = SafetensorsFile.Open(SharedFiles.Path("golden", "diffae", "latent", "weights.safetensors"));
            Dictionary<string, string> names = file.Tensors.Keys.Where(name => !name.Contains(Alias, StringComparison.Ordinal)).ToDictionary(name => name);
            Network.Weights.Load(WeightTensors.Read(file, names, Network.Weights, "None."));
        }

        public LatentNetwork Network { get; } = new(new() { Width = 160, Layers = 6 }, codeSize: 64);

        public Tensor this[string name] => tensor(_io.ReadFloats(name)).view([.. _io.Tensors[name].Shape]);

        public IEnumerable<string> Tensors(string prefix) =>
            _io.Tensors.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..]);

        public Weight Named(string name) => Network.Weights.All.Single(weight => weight.Name == name);

        public Tensor Times()
        {
            var bytes = new byte[_io.Tensors["t"].Length];
            _io.ReadBytes("t", bytes);
            return tensor(MemoryMarshal.Cast<byte, long>(bytes).ToArray()).to(ScalarType.Float32);
        }

        public void Dispose()
        {
            Network.Dispose();
            _io.Dispose();
        }
    }
}
