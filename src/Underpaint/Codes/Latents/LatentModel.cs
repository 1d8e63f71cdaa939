using Underpaint.Diffusion;
using Underpaint.Machine;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Codes.Latents;

/// <summary>A trained latent DPM: it makes codes out of noise, by DDIM along Diff-AE's constant schedule. Threads may share it, and compute side by side. Dispose it when none uses it any more.</summary>
public sealed class LatentModel : ICodeSampler, IDisposable
{
    private const int BatchSize = 256;

    private readonly LatentNetwork _network;
    private readonly Device _device;

    /// <param name="description">What it says about itself.</param>
    /// <param name="weights">In the network's order.</param>
    /// <param name="device">Where to compute.</param>
    internal LatentModel(LatentDescription description, float[] weights, Device device)
    {
        (Description, _device) = (description, device);
        _network = new(description.Recipe.Network, description.CodeSize);
        _network.Weights.Allocate(device);
        _network.Weights.Load(weights);
    }

    /// <summary>What it was trained on, and how.</summary>
    public LatentDescription Description { get; }

    /// <summary>Network calls for each code, 1 … 1000. Default 200, as in Diff-AE.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are less than 1.</exception>
    /// <exception cref="UnderpaintException">They are more than 1000.</exception>
    public int Steps
    {
        get;
        init
        {
            DiscreteLevels.Constant.CheckCount(value);
            field = value;
        }
    } = 200;

    /// <inheritdoc/>
    public string Model => Description.Model;

    /// <inheritdoc/>
    public int CodeSize => Description.CodeSize;

    /// <summary>Loads a latent model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">"auto", "cpu" or "cuda". Default "auto".</param>
    /// <param name="steps">Network calls for each code, 1 … 1000. Default 200.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is less than 1.</exception>
    /// <exception cref="UnderpaintException">The file is missing, damaged, or no latent model, or the steps are more than 1000.</exception>
    public static LatentModel Load(string path, string device = "auto", int steps = 200)
    {
        // Before there is anything to dispose.
        DiscreteLevels.Constant.CheckCount(steps);
        Device place = ComputeDevice.Choose(device, "float32").Device;
        var (description, weights) = LatentFile.Load(path);
        return new(description, weights, place) { Steps = steps };
    }

    /// <inheritdoc/>
    public float[] Draw(int count, long seed = 0, long first = 0)
    {
        IReadOnlyList<NoiseLevel> levels = [.. DiscreteLevels.Constant.Spaced(Steps).Reverse(), NoiseLevel.Clean];
        var codes = new List<float>();
        for (int start = 0; start < count; start += BatchSize)
        {
            using var scope = NewDisposeScope();
            int length = Math.Min(BatchSize, count - start);
            Tensor noise = tensor(CodeNoise.Draw(CodeSize, length, seed, first + start), device: _device).view(length, CodeSize);
            // Standardised codes have no bounds that implied ones could be clamped to.
            Tensor drawn = Ddim.Follow(Denoise, Prediction.Noise, noise, levels, clamp: false);
            codes.AddRange(Description.Statistics.Restore(Array.ConvertAll(drawn.ToArray(), value => (double)value)));
        }
        return [.. codes];
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _network.Dispose();

    private Tensor Denoise(Tensor noisy, NoiseLevel level) => _network.Predict(noisy, full(noisy.size(0), (float)level.Time, device: _device));
}
