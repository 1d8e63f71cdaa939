using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>Group normalisation in min(32, channels) groups, ε = 1e-5 (Wu and He 2018; grouped as in Diff-AE).</summary>
internal sealed class GroupNorm
{
    private readonly Weight _weight;
    private readonly Weight _bias;
    private readonly int _groups;

    public GroupNorm(WeightScope scope, int channels)
    {
        _groups = Math.Min(32, channels);
        if (channels % _groups != 0)
            throw new UnderpaintException(
                $"{scope.Path} would have {channels} channels, which cannot be normalised in groups of 32.",
                "Choose model.channels and the multipliers so that every level has a multiple of 32 channels, for instance "
                + $"{Math.Max(32, channels / 32 * 32)} or {(channels / 32 + 1) * 32}.");
        _weight = scope.Declare("weight", WeightInitialization.One, channels);
        _bias = scope.Declare("bias", WeightInitialization.Zero, channels);
    }

    public Tensor Apply(Tensor x) => nn.functional.group_norm(x, _groups, _weight.Value, _bias.Value, 1e-5);
}
