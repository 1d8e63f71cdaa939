using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>A linear layer with bias: (…, inputs) → (…, outputs).</summary>
internal sealed class Linear
{
    private readonly Weight _weight;
    private readonly Weight _bias;

    /// <param name="scope">Where its weights are declared.</param>
    /// <param name="inputs">Numbers that come in.</param>
    /// <param name="outputs">Numbers that go out.</param>
    /// <param name="initialization">How fresh weights are filled; null for PyTorch's default, which the bias always has.</param>
    public Linear(WeightScope scope, int inputs, int outputs, WeightInitialization? initialization = null)
    {
        _weight = scope.Declare("weight", initialization ?? WeightInitialization.Uniform(inputs), outputs, inputs);
        _bias = scope.Declare("bias", WeightInitialization.Uniform(inputs), outputs);
    }

    public Tensor Apply(Tensor x) => nn.functional.linear(x, _weight.Value, _bias.Value);
}
