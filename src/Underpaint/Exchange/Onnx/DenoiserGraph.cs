using Underpaint.Networks;
using Underpaint.Training;

namespace Underpaint.Exchange.Onnx;

/// <summary>
/// The graph of one network call of a model's decoder, "noisy" (N, C, H, W), "times" (N) and "codes" (N, code) → "prediction" (N, C, H, W): see
/// <see cref="ConditionalUNet"/>.
/// </summary>
internal sealed class DenoiserGraph
{
    private readonly ModelOptions _options;
    private readonly string _time;
    private readonly string _code;
    private int _resolution;

    private DenoiserGraph(Recipe recipe, GraphScope root, string times, string codes)
    {
        (_options, _resolution) = (recipe.Model, recipe.Data.Size);
        // Every block starts with the SiLU of both; once is enough.
        GraphScope embedding = root["time_embed"]["time_embed"];
        _time = embedding.Silu(embedding.TimeEmbedding(times, _options.Channels));
        _code = root["codes"].Silu(codes);
    }

    /// <summary>Builds it.</summary>
    public static OnnxGraph Of(ModelContent model)
    {
        Recipe recipe = model.Recipe;
        long[] sizes = [recipe.Data.Channels, recipe.Data.Size, recipe.Data.Size];
        var graph = new OnnxGraph("denoiser", new(model));
        string noisy = graph.Input(OnnxNames.Noisy, sizes), times = graph.Input(OnnxNames.Times), codes = graph.Input(OnnxNames.Codes, recipe.Model.Code);
        graph.Output(OnnxNames.Prediction, new DenoiserGraph(recipe, graph.Root, times, codes).Build(graph.Root, noisy), sizes);
        return graph;
    }

    private string Build(GraphScope scope, string noisy)
    {
        int place = 0, levels = _options.Multipliers.Count;
        string h = scope["input_blocks"][place++][0].Convolution(noisy);
        var skips = new Stack<string>([h]);
        for (int level = 0; level < levels; level++)
        {
            for (int block = 0; block < _options.Blocks; block++)
                skips.Push(h = Stage(scope["input_blocks"][place++], h));
            if (level < levels - 1)
                skips.Push(h = Block(scope["input_blocks"][place++][0], h, Resampling.Halve));
        }

        GraphScope middle = scope["middle_block"];
        h = Block(middle[2], middle[1].Attention(Block(middle[0], h), _resolution, _options));

        place = 0;
        for (int level = levels - 1; level >= 0; level--)
        {
            for (int block = 0; block <= _options.Blocks; block++)
            {
                GraphScope here = scope["output_blocks"][place++];
                bool hasAttention = _options.AttentionAt.Contains(_resolution);
                h = Stage(here, here.Add("Concat", [h, skips.Pop()], ("axis", 1)));
                if (level > 0 && block == _options.Blocks)
                    h = Block(here[hasAttention ? 2 : 1], h, Resampling.Double);
            }
        }
        GraphScope last = scope["out"];
        return last[2].Convolution(last[0].Silu(last[0].Norm(h, _resolution, _options)));
    }

    // One entry of input_blocks or output_blocks.
    private string Stage(GraphScope scope, string x)
    {
        x = Block(scope[0], x);
        return _options.AttentionAt.Contains(_resolution) ? scope[1].Attention(x, _resolution, _options) : x;
    }

    private string Block(GraphScope scope, string x, Resampling resampling = Resampling.Keep)
    {
        GraphScope norm = scope["in_layers"][0], outputNorm = scope["out_layers"][0];
        string h = norm.Silu(norm.Norm(x, _resolution, _options));
        (h, x) = (Resample(scope, h, resampling), Resample(scope, x, resampling));
        _resolution = resampling switch
        {
            Resampling.Halve => _resolution / 2,
            Resampling.Double => _resolution * 2,
            _ => _resolution,
        };
        h = scope["in_layers"][2].Convolution(h);
        string[] time = scope.Split(scope["emb_layers"][1].Linear(_time), 2, axis: 1);
        string code = scope["cond_emb_layers"][1].Linear(_code);
        h = outputNorm.Silu(outputNorm.Norm(h, time[0], time[1], code, _resolution, _options));
        h = scope["out_layers"][3].Convolution(h);
        return scope.Add("Add", [h, scope.Skip(x)]);
    }

    private static string Resample(GraphScope scope, string x, Resampling resampling) => resampling switch
    {
        Resampling.Halve => scope.Halve(x),
        Resampling.Double => scope.Double(x),
        _ => x,
    };
}
