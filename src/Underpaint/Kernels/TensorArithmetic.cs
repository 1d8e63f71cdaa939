using TorchSharp;
using static TorchSharp.torch;

namespace Underpaint.Kernels;

/// <summary>
/// Sums and multiples of tensors. TorchSharp 0.107 makes a native copy of every number that an operation takes, the 1 of a plain sum
/// included, and lets the garbage collector free it while the operation may still read it. Here numbers outlive the operation.
/// </summary>
internal static class TensorArithmetic
{
    private static readonly Scalar One = 1, MinusOne = -1;

    /// <summary>x + y.</summary>
    public static Tensor Plus(this Tensor x, Tensor y) => x.add(y, One);

    /// <summary>x + y, into the memory of x.</summary>
    public static Tensor AddInPlace(this Tensor x, Tensor y) => x.add_(y, One);

    /// <summary>1 + x.</summary>
    public static Tensor PlusOne(this Tensor x) => x.add(One, One);

    /// <summary>a x + b y.</summary>
    public static Tensor Mix(double a, Tensor x, double b, Tensor y)
    {
        using Scalar first = a, second = b;
        using Tensor scaled = x.mul(first);
        return scaled.add(y, second);
    }

    /// <summary>x, limited to [−1, 1].</summary>
    public static Tensor Clamp(this Tensor x) => x.clamp(MinusOne, One);
}
