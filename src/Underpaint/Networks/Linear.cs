using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>A linear layer with bias: (…, inputs) → (…, outputs).</summary>
internal sealed class Linear
{
    private readonly Weight _weight;
    private readonly Weight _bias;

    public Linear(WeightScope scope, int inputs, int outputs)
    {
        _weight = scope.Declare("weight", WeightInitialization.Uniform(inputs), outputs, inputs);
        _bias = scope.Declare("bias", WeightInitialization.Uniform(inputs), outputs);
    }

    public Tensor Apply(Tensor x) => nn.functional.linear(x, _weight.Value, _bias.Value);
}
