using Underpaint.Networks;

namespace Underpaint.Exchange.Onnx;

/// <summary>Group normalisation: the groups are normalised as if they were channels, then come gains and offsets.</summary>
internal static class NormNodes
{
    private const float Epsilon = 1e-5f;

    /// <summary>Norm only.</summary>
    public static string Norm(this GraphScope scope, string x, int resolution, ModelOptions options)
    {
        string gain = scope.Reshape(scope.Weight("weight"), 1, -1, 1, 1), offset = scope.Reshape(scope.Weight("bias"), 1, -1, 1, 1);
        return scope.Norm(x, gain, offset, resolution, options);
    }

    /// <summary>Norm, then the time's scales and shifts and the code's strengths, (N, C) each.</summary>
    public static string Norm(this GraphScope scope, string x, string scale, string shift, string strength, int resolution, ModelOptions options)
    {
        string one = scope.Graph.Floats("one", [1], 1);
        string scaled = scope.Add("Add", [scale, one]), strong = scope.Add("Add", [strength, one]);
        string gain = scope.Add("Mul", [scope.Add("Mul", [scaled, scope.Weight("weight")]), strong]);
        string offset = scope.Add("Mul", [scope.Add("Add", [scope.Add("Mul", [scaled, scope.Weight("bias")]), shift]), strong]);
        long channels = scope.Outputs;
        return scope.Norm(x, scope.Reshape(gain, -1, channels, 1, 1), scope.Reshape(offset, -1, channels, 1, 1), resolution, options);
    }

    private static string Norm(this GraphScope scope, string x, string gain, string offset, int resolution, ModelOptions options)
    {
        int channels = scope.Outputs, groups = Math.Min(options.Groups, channels);
        string ones = scope.Graph.Floats($"ones.{groups}", [.. Enumerable.Repeat(1f, groups)], groups);
        string zeros = scope.Graph.Floats($"zeros.{groups}", new float[groups], groups);
        string grouped = scope.Reshape(x, 0, groups, -1);
        string normalised = scope.Add("InstanceNormalization", [grouped, ones, zeros], ("epsilon", Epsilon));
        string image = scope.Reshape(normalised, -1, channels, resolution, resolution);
        return scope.Add("Add", [scope.Add("Mul", [image, gain]), offset]);
    }
}
