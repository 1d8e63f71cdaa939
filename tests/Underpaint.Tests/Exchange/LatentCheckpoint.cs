using Underpaint.Networks;

namespace Underpaint.Tests.Exchange;

/// <summary>Adds to a small official autoencoder what checkpoints of the later stages hold.</summary>
internal static class LatentCheckpoint
{
    public static int CodeSize => TestCheckpoint.Recipe.Model.Code;

    public static LatentNetworkOptions Sizes { get; } = new() { Width = 5, Layers = 3 };

    /// <summary>The weights of the latent network, in its order.</summary>
    public static float[] Values(float first = 0)
    {
        using var network = new LatentNetwork(Sizes, CodeSize);
        return [.. Enumerable.Range(0, (int)network.Weights.Count).Select(i => first + MathF.Cos(i))];
    }

    /// <summary>Adds a latent network; as in official files, each embedding stands under two names.</summary>
    public static TestCheckpoint WithLatentNetwork(this TestCheckpoint checkpoint, string prefix, float first = 0, bool twice = true)
    {
        using var network = new LatentNetwork(Sizes, CodeSize);
        float[] values = Values(first);
        foreach (Weight weight in network.Weights.All)
        {
            (long[], float[]) tensor = ([.. weight.Shape], values[(int)weight.Offset..(int)(weight.Offset + weight.Length)]);
            checkpoint.Tensors.Add(prefix + weight.Name, tensor);
            if (twice && weight.Name.Contains("linear_emb", StringComparison.Ordinal))
                checkpoint.Tensors.Add(prefix + weight.Name.Replace("linear_emb", "cond_layers.1"), tensor);
        }
        return checkpoint;
    }

    /// <summary>Adds the mean (0, 1, …) and the deviation (1, 2, …) of codes.</summary>
    public static TestCheckpoint WithStatistics(this TestCheckpoint checkpoint, int? size = null)
    {
        int count = size ?? CodeSize;
        checkpoint.Tensors["conds_mean"] = ([1, count], [.. Enumerable.Range(0, count).Select(i => (float)i)]);
        checkpoint.Tensors["conds_std"] = ([1, count], [.. Enumerable.Range(1, count).Select(i => (float)i)]);
        return checkpoint;
    }

    /// <summary>Adds a classifier.</summary>
    public static TestCheckpoint WithClassifier(this TestCheckpoint checkpoint, string prefix, int attributes, float first = 0)
    {
        checkpoint.Tensors[prefix + "weight"] = ([attributes, CodeSize], [.. Enumerable.Range(0, attributes * CodeSize).Select(i => first + MathF.Sin(i))]);
        checkpoint.Tensors[prefix + "bias"] = ([attributes], new float[attributes]);
        return checkpoint;
    }

    /// <summary>A checkpoint without an autoencoder.</summary>
    public static TestCheckpoint Empty()
    {
        var checkpoint = new TestCheckpoint();
        checkpoint.Tensors.Clear();
        return checkpoint;
    }
}
