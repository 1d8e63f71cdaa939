namespace Underpaint.Exchange.Onnx;

/// <summary>How networks are told the noise level: see <see cref="Networks.TimeEmbedding"/>.</summary>
internal static class TimeNodes
{
    /// <summary>The embedding, (N) → (N, width).</summary>
    /// <param name="scope">Where the embedding's two linear layers are.</param>
    /// <param name="times">The times.</param>
    /// <param name="channels">How many sinusoids.</param>
    public static string TimeEmbedding(this GraphScope scope, string times, int channels)
    {
        int half = channels / 2;
        float[] frequencies = Networks.TimeEmbedding.Frequencies(channels);
        string angles = scope.Add("Mul", [scope.Reshape(times, -1, 1), scope.Graph.Floats("frequencies", frequencies, 1, half)]);
        string sinusoids = scope.Add("Concat", [scope.Add("Cos", [angles]), scope.Add("Sin", [angles])], ("axis", 1));
        if (channels % 2 == 1)
            sinusoids = scope.Add("Pad", [sinusoids, scope.Graph.Integers(0, 0, 0, 1)]);
        return scope[2].Linear(scope[0].Silu(scope[0].Linear(sinusoids)));
    }
}
