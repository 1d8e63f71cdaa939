namespace Underpaint.Exchange.Onnx;

/// <summary>The layers that all blocks are made of. Images are (N, C, H, W).</summary>
internal static class LayerNodes
{
    /// <summary>A convolution with bias that keeps the resolution.</summary>
    public static string Convolution(this GraphScope scope, string x, int kernel = 3)
    {
        int padding = kernel / 2;
        return scope.Add("Conv", [x, scope.Weight("weight"), scope.Weight("bias")],
            ("kernel_shape", [kernel, kernel]), ("pads", [padding, padding, padding, padding]));
    }

    /// <summary>A linear layer with bias: (N, inputs) → (N, outputs).</summary>
    public static string Linear(this GraphScope scope, string x) =>
        scope.Add("Gemm", [x, scope.Weight("weight"), scope.Weight("bias")], ("transB", 1));

    /// <summary>x · sigmoid(x).</summary>
    public static string Silu(this GraphScope scope, string x) => scope.Add("Mul", [x, scope.Add("Sigmoid", [x])]);

    /// <summary>2 × 2 average pooling.</summary>
    public static string Halve(this GraphScope scope, string x) => scope.Add("AveragePool", [x], ("kernel_shape", [2, 2]), ("strides", [2, 2]));

    /// <summary>Every pixel four times.</summary>
    public static string Double(this GraphScope scope, string x) =>
        scope.Add("Resize", [x, "", scope.Graph.Floats("twice", [1, 1, 2, 2], 4)],
            ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));

    /// <summary>What goes around a block: the block's input, through a convolution where the channels change.</summary>
    public static string Skip(this GraphScope scope, string x) =>
        scope["skip_connection"].HasWeight ? scope["skip_connection"].Convolution(x, kernel: 1) : x;

    /// <summary>A value in another shape; −1 is whatever is left.</summary>
    public static string Reshape(this GraphScope scope, string x, params long[] shape) =>
        scope.Add("Reshape", [x, scope.Graph.Integers(shape)]);
}
