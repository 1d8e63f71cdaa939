using Underpaint.Networks;
using Underpaint.Training;

namespace Underpaint.Exchange.Onnx;

/// <summary>The graph of a model's encoder, "images" (N, C, H, W) → "codes" (N, code): see <see cref="SemanticEncoder"/>.</summary>
internal sealed class EncoderGraph
{
    private readonly ModelOptions _options;
    private int _resolution;

    private EncoderGraph(Recipe recipe) => (_options, _resolution) = (recipe.Model, recipe.Data.Size);

    /// <summary>Builds it.</summary>
    public static OnnxGraph Of(ModelContent model)
    {
        Recipe recipe = model.Recipe;
        var graph = new OnnxGraph("encoder", new(model));
        string images = graph.Input(OnnxNames.Images, recipe.Data.Channels, recipe.Data.Size, recipe.Data.Size);
        graph.Output(OnnxNames.Codes, new EncoderGraph(recipe).Build(graph.Root["encoder"], images), recipe.Model.Code);
        return graph;
    }

    private string Build(GraphScope scope, string images)
    {
        int place = 0;
        string h = scope["input_blocks"][place++][0].Convolution(images);
        for (int level = 0; level < _options.EncoderMultipliers.Count; level++)
        {
            for (int block = 0; block < _options.EncoderBlocks; block++)
            {
                GraphScope here = scope["input_blocks"][place++];
                h = Block(here[0], h);
                h = _options.AttentionAt.Contains(_resolution) ? here[1].Attention(h, _resolution, _options) : h;
            }
            if (level < _options.EncoderMultipliers.Count - 1)
                h = Block(scope["input_blocks"][place++][0], h, halve: true);
        }
        GraphScope middle = scope["middle_block"], last = scope["out"];
        h = Block(middle[2], middle[1].Attention(Block(middle[0], h), _resolution, _options));
        h = last[0].Silu(last[0].Norm(h, _resolution, _options));
        h = last[3].Convolution(last.Add("GlobalAveragePool", [h]), kernel: 1);
        return last.Reshape(h, -1, _options.Code);
    }

    private string Block(GraphScope scope, string x, bool halve = false)
    {
        GraphScope norm = scope["in_layers"][0];
        string h = norm.Silu(norm.Norm(x, _resolution, _options));
        if (halve)
        {
            (h, x) = (scope.Halve(h), scope.Halve(x));
            _resolution /= 2;
        }
        h = scope["in_layers"][2].Convolution(h);
        return scope.Add("Add", [h, scope.Skip(x)]);
    }
}
