using Underpaint.Diffusion;
using static TorchSharp.torch;

namespace Underpaint.Bench.Plain;

/// <summary>Deterministic DDIM for a network that predicts velocity.</summary>
internal static class PlainDdim
{
    /// <summary>Codes (N, code) and noise (N, C, H, W) → images (N, C, H, W).</summary>
    public static Tensor Decode(PlainNetwork network, Tensor codes, Tensor noise, int steps)
    {
        using var noGradients = no_grad();
        IReadOnlyList<NoiseLevel> levels = NoiseSchedule.ShiftedCosine(4).DecodingLevels(steps, Prediction.Velocity);
        Tensor current = noise;
        foreach (var (from, to) in levels.Zip(levels.Skip(1)))
        {
            using var scope = NewDisposeScope();
            Tensor velocity = network.forward(current, full(current.shape[0], (float)from.Time), codes);
            Tensor image = (from.Alpha * current - from.Sigma * velocity).clamp(-1, 1);
            Tensor implied = (current - from.Alpha * image) / from.Sigma;
            current = (to.Alpha * image + to.Sigma * implied).MoveToOuterDisposeScope();
        }
        return current;
    }
}
