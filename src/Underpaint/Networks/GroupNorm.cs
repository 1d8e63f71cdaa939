using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>Group normalisation in min(groups, channels) groups, ε = 1e-5 (Wu and He 2018; Diff-AE has 32 groups).</summary>
internal sealed class GroupNorm
{
    private readonly Weight _weight;
    private readonly Weight _bias;
    private readonly int _groups;

    public GroupNorm(WeightScope scope, int channels, ModelOptions options)
    {
        _groups = Math.Min(options.Groups, channels);
        if (channels % _groups != 0)
            throw new UnderpaintException(
                $"{scope.Path} would have {channels} channels, which {_groups} normalisation groups cannot share evenly.",
                $"Choose model.channels and the multipliers so that every level has a multiple of {_groups} channels, for instance "
                + $"{Math.Max(_groups, channels / _groups * _groups)} or {(channels / _groups + 1) * _groups}; or fewer model.groups.");
        _weight = scope.Declare("weight", WeightInitialization.One, channels);
        _bias = scope.Declare("bias", WeightInitialization.Zero, channels);
    }

    public Tensor Apply(Tensor x) => nn.functional.group_norm(x, _groups, _weight.Value, _bias.Value, 1e-5);
}
