using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// Group normalisation in min(groups, channels) groups, ε = 1e-5 (Wu and He 2018; Diff-AE has 32 groups), together with
/// what always follows it. See <see cref="Normalization"/>.
/// </summary>
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

    /// <summary>Norm only.</summary>
    public Value Apply(Tape tape, Value x) => Normalization.Apply(tape, x, Affine(tape), _groups, silu: false);

    /// <summary>Norm, then SiLU.</summary>
    public Value ApplySilu(Tape tape, Value x) => Normalization.Apply(tape, x, Affine(tape), _groups, silu: true);

    /// <summary>Norm, then (h · scale + shift) of each image, SiLU and dropout.</summary>
    /// <param name="tape">Remembers it.</param>
    /// <param name="x">(N, C, H, W).</param>
    /// <param name="modulation">The affine map that <see cref="Modulate"/> made, (2, N, C).</param>
    /// <param name="dropout">What is dropped; null drops nothing.</param>
    public Value ApplySilu(Tape tape, Value x, Value modulation, Dropout? dropout) =>
        Normalization.Apply(tape, x, modulation, _groups, silu: true, dropout);

    /// <summary>The norm's own affine map followed by (h · scale + shift), both (N, C), as one: (2, N, C).</summary>
    public Tensor Modulate(Tensor scale, Tensor shift) => stack([_weight.Value * scale, _bias.Value * scale + shift]);

    private Value Affine(Tape tape) => tape.Apply(_ => stack([_weight.Value, _bias.Value]).unsqueeze(1));
}
