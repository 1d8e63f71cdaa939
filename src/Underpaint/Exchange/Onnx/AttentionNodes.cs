using Underpaint.Networks;

namespace Underpaint.Exchange.Onnx;

/// <summary>Self-attention over all pixels, added to its input: see <see cref="AttentionBlock"/>.</summary>
internal static class AttentionNodes
{
    /// <summary>The block: (N, C, H, W) → (N, C, H, W).</summary>
    public static string Attention(this GraphScope scope, string x, int resolution, ModelOptions options)
    {
        int channels = scope["proj_out"].Outputs, width = channels / options.Heads;
        string projections = scope["qkv"].Convolution(scope["norm"].Norm(x, resolution, options), kernel: 1);
        // Heads are outermost among the channels, and inside each head stand queries, keys and values: (N, heads, d, pixels) each.
        string[] parts = scope.Split(scope.Reshape(projections, -1, options.Heads, 3 * width, resolution * resolution), 3, axis: 2);
        string scores = scope.Add("MatMul", [Turn(scope, parts[0]), parts[1]]);
        string scale = scope.Graph.Floats($"scale.{width}", [(float)(1 / Math.Sqrt(width))], 1);
        string shares = scope.Add("Softmax", [scope.Add("Mul", [scores, scale])], ("axis", -1));
        string gathered = scope.Add("MatMul", [parts[2], Turn(scope, shares)]);
        string output = scope["proj_out"].Convolution(scope.Reshape(gathered, -1, channels, resolution, resolution), kernel: 1);
        return scope.Add("Add", [output, x]);
    }

    private static string Turn(GraphScope scope, string x) => scope.Add("Transpose", [x], ("perm", [0, 1, 3, 2]));
}
