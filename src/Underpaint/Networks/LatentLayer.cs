using Underpaint.Kernels;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>One hidden layer of a <see cref="LatentNetwork"/>: linear, scaled by the time, layer norm (ε = 1e-5), SiLU.</summary>
internal sealed class LatentLayer
{
    private readonly Linear _linear;
    private readonly Linear _scale;
    private readonly Weight _gain;
    private readonly Weight _offset;
    private readonly long _width;

    public LatentLayer(WeightScope scope, int inputs, int width, int timeWidth)
    {
        _linear = new(scope["linear"], inputs, width, WeightInitialization.KaimingNormal(inputs));
        _scale = new(scope["linear_emb"], timeWidth, width, WeightInitialization.KaimingNormal(timeWidth));
        _gain = scope["norm"].Declare("weight", WeightInitialization.One, width);
        _offset = scope["norm"].Declare("bias", WeightInitialization.Zero, width);
        _width = width;
    }

    /// <summary>(N, inputs) → (N, width).</summary>
    /// <param name="tape">Remembers it.</param>
    /// <param name="time">The time's embedding after its SiLU, (N, time width).</param>
    /// <param name="inputs">What the layer is applied to, joined one after the other.</param>
    public Value Apply(Tape tape, Value time, params Value[] inputs) => tape.Apply(tensors =>
    {
        Tensor h = _linear.Apply(tensors.Length == 2 ? tensors[1] : cat(tensors[1..], 1));
        h = h * _scale.Apply(tensors[0]).PlusOne();
        return nn.functional.silu(nn.functional.layer_norm(h, [_width], _gain.Value, _offset.Value, 1e-5));
    }, [time, .. inputs]);
}
