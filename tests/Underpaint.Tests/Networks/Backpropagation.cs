using TorchSharp;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Tests.Networks;

/// <summary>One forward and backward pass with the plain mean squared error.</summary>
internal static class Backpropagation
{
    /// <summary>Adds to the network's gradients and returns the loss.</summary>
    public static double Run(AutoencoderNetwork network, Tensor images, Tensor noisy, Tensor times, Tensor target)
    {
        using var scope = NewDisposeScope();
        using var tape = Tape.Record();
        Value output = network.Predict(tape, noisy, times, network.Encode(tape, images));
        Tensor error = output.Data - target;
        tape.Backward(output, error * (2.0 / error.NumberOfElements));
        return error.square().mean().ToDouble();
    }
}
