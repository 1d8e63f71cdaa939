using static TorchSharp.torch;

namespace Underpaint.Codes;

/// <summary>Between codes in plain memory and tensors.</summary>
internal static class CodeTensors
{
    /// <summary>All numbers of a tensor, row-major.</summary>
    public static float[] ToArray(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().contiguous().data<float>().ToArray();
    }

    /// <summary>Codes one after the other as a batch; the caller disposes it.</summary>
    /// <param name="codes">Whole codes one after the other.</param>
    /// <param name="codeSize">Numbers in a code.</param>
    public static CodeBatch ToCodeBatch(this float[] codes, int codeSize) => new(tensor(codes, [codes.Length / codeSize, codeSize]));

    /// <summary>Stochastic codes one after the other as a batch; the caller disposes it.</summary>
    /// <param name="codes">Whole stochastic codes one after the other.</param>
    /// <param name="model">The model that they are for.</param>
    public static StochasticCodeBatch ToStochasticCodeBatch(this float[] codes, DiffusionAutoencoder model)
    {
        long[] shape = [model.Channels, model.ImageSize, model.ImageSize];
        return new(tensor(codes, [codes.Length / (shape[0] * shape[1] * shape[2]), .. shape]));
    }
}
