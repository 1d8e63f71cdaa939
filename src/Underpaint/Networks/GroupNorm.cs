using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>
/// Group normalisation in min(groups, channels) groups, ε = 1e-5 (Wu and He 2018; Diff-AE has 32 groups), with all that
/// follows it in its block: (N, C, H, W) → (N, C, H, W). On the CPU that is one kernel of ours (<see cref="FusedNorm"/>),
/// elsewhere a chain of libtorch's operations.
/// </summary>
internal sealed class GroupNorm
{
    private readonly Weight _gain;
    private readonly Weight _offset;
    private readonly int _groups;

    public GroupNorm(WeightScope scope, int channels, ModelOptions options)
    {
        _groups = Math.Min(options.Groups, channels);
        if (channels % _groups != 0)
            throw new UnderpaintException(
                $"{scope.Path} would have {channels} channels, which {_groups} normalisation groups cannot share evenly.",
                $"Choose model.channels and the multipliers so that every level has a multiple of {_groups} channels, for instance "
                + $"{Math.Max(_groups, channels / _groups * _groups)} or {(channels / _groups + 1) * _groups}; or fewer model.groups.");
        _gain = scope.Declare("weight", WeightInitialization.One, channels);
        _offset = scope.Declare("bias", WeightInitialization.Zero, channels);
    }

    /// <summary>Norm only.</summary>
    public Value Apply(Tape tape, Value x) => Apply(tape, x, modulation: null, silu: false, mask: default);

    /// <summary>Norm, then SiLU.</summary>
    public Value ApplySilu(Tape tape, Value x) => Apply(tape, x, modulation: null, silu: true, mask: default);

    /// <summary>Norm, then the maps of time and code, SiLU and dropout.</summary>
    /// <param name="tape">Remembers it.</param>
    /// <param name="x">(N, C, H, W).</param>
    /// <param name="modulation">The time's scales and shifts and the code's strengths: (N, 3 C), see <see cref="Modulation"/>.</param>
    /// <param name="dropout">What is dropped; null drops nothing.</param>
    public Value ApplySilu(Tape tape, Value x, Value modulation, Dropout? dropout) =>
        Apply(tape, x, modulation, silu: true, dropout?.Next() ?? default);

    private Value Apply(Tape tape, Value x, Value? modulation, bool silu, DropoutMask mask)
    {
        if (!OwnKernels.Fit(x.Data))
            return modulation is null
                ? tape.Apply(inputs => Unfused(inputs[0], null, silu, mask), x)
                : tape.Apply(inputs => Unfused(inputs[0], inputs[1], silu, mask), x, modulation);
        return x.Data.dtype == ScalarType.BFloat16
            ? Fused<BFloat16Element>(tape, x, modulation, silu, mask)
            : Fused<Float32Element>(tape, x, modulation, silu, mask);
    }

    private Value Fused<T>(Tape tape, Value x, Value? modulation, bool silu, DropoutMask mask) where T : unmanaged, IElement<T>
    {
        Tensor input = x.Data.detach().ToChannelsLast(), output = empty_like(input);
        var shape = new NormShape((int)input.size(0), (int)(input.size(2) * input.size(3)), (int)input.size(1), _groups);
        var (means, scales) = (new float[shape.Images * _groups], new float[shape.Images * _groups]);
        // One row of gains and offsets for all images, or one for each.
        int rows = modulation is null ? 1 : shape.Images;
        var (gains, offsets) = (new float[rows * shape.Channels], new float[rows * shape.Channels]);
        if (modulation is null)
        {
            _gain.Value.Floats().CopyTo(gains);
            _offset.Value.Floats().CopyTo(offsets);
        }
        else
        {
            Modulation.Forward(_gain.Value.Floats(), _offset.Value.Floats(), modulation.Data.Floats(), gains, offsets);
        }
        FusedNorm.Forward(shape, input.Elements<T>(), output.Elements<T>(), gains, offsets, silu, mask, means, scales);
        return tape.Push(output, Backward, input);

        void Backward(Tensor arrived)
        {
            Tensor result = empty_like(input);
            Span<float> gain = _gain.Value.grad!.Floats(), offset = _offset.Value.grad!.Floats();
            Span<float> gainsGradient = modulation is null ? gain : new float[gains.Length];
            Span<float> offsetsGradient = modulation is null ? offset : new float[offsets.Length];
            FusedNorm.Backward<T>(
                shape, input.Elements<T>(), arrived.ToChannelsLast().Elements<T>(), x.Gradient is { } before ? before.ToChannelsLast().Elements<T>() : [],
                result.Elements<T>(), gains, offsets, silu, mask, means, scales, gainsGradient, offsetsGradient);
            x.ReplaceGradient(result);
            if (modulation is null)
                return;
            Tensor rowsGradient = empty_like(modulation.Data);
            Modulation.Backward(_gain.Value.Floats(), _offset.Value.Floats(), modulation.Data.Floats(), gainsGradient, offsetsGradient,
                gain, offset, rowsGradient.Floats());
            modulation.AddGradient(rowsGradient);
        }
    }

    /// <summary>The same in libtorch's operations, for other devices and as a reference.</summary>
    internal Tensor Unfused(Tensor x, Tensor? modulation, bool silu, DropoutMask mask)
    {
        Tensor gain = _gain.Value.unsqueeze(0), offset = _offset.Value.unsqueeze(0);
        if (modulation is not null)
        {
            Tensor[] parts = modulation.chunk(3, 1);
            Tensor scale = parts[0].PlusOne(), strength = parts[2].PlusOne();
            (gain, offset) = (gain * scale * strength, (offset * scale).Plus(parts[1]) * strength);
        }
        Tensor h = (nn.functional.group_norm(x, _groups) * PerChannel(gain)).Plus(PerChannel(offset)).to(x.dtype);
        h = silu ? nn.functional.silu(h) : h;
        return mask.Share > 0 ? (h * Dropout.Factors(h, mask)).to(x.dtype) : h;
    }

    private static Tensor PerChannel(Tensor rows) => rows.unsqueeze(2).unsqueeze(3);  // (N, C) → (N, C, 1, 1)
}
