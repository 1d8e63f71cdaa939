using Underpaint.Codes.Latents;
using Underpaint.Networks;

namespace Underpaint.Exchange.Onnx;

/// <summary>
/// The graph of one network call of a latent model, "noisy" (N, code), standardised, and "times" (N) → "prediction" (N, code), the noise: see
/// <see cref="LatentNetwork"/>.
/// </summary>
internal static class LatentGraph
{
    /// <summary>Builds it.</summary>
    public static OnnxGraph Of(LatentContent latent)
    {
        int code = latent.Description.CodeSize, layers = latent.Description.Recipe.Network.Layers;
        var graph = new OnnxGraph("latent", new(LatentFile.LayoutOf(latent.Description), latent.Weights));
        GraphScope root = graph.Root, last = root["layers"][layers - 1];
        string noisy = graph.Input(OnnxNames.Noisy, code), times = graph.Input(OnnxNames.Times);
        string time = root["time_embed"].Silu(root["time_embed"].TimeEmbedding(times, LatentNetwork.TimeChannels));
        string h = Layer(root["layers"][0], noisy, time);
        for (int layer = 1; layer < layers - 1; layer++)
            h = Layer(root["layers"][layer], Join(root["layers"][layer], h, noisy), time);
        graph.Output(OnnxNames.Prediction, last["linear"].Linear(Join(last, h, noisy)), code);
        return graph;
    }

    private static string Join(GraphScope scope, string h, string noisy) => scope.Add("Concat", [h, noisy], ("axis", 1));

    private static string Layer(GraphScope scope, string x, string time)
    {
        string scale = scope.Add("Add", [scope["linear_emb"].Linear(time), scope.Graph.Floats("one", [1], 1)]);
        string h = scope.Add("Mul", [scope["linear"].Linear(x), scale]);
        return scope.Silu(scope.Add("LayerNormalization", [h, scope["norm"].Weight("weight"), scope["norm"].Weight("bias")], ("epsilon", 1e-5f)));
    }
}
