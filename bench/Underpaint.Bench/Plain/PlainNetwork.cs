using TorchSharp.Modules;
using TorchSharp.Utils;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Bench.Plain;

/// <summary>
/// The encoder and the conditional U-Net as one writes them with TorchSharp's own modules and no further thought of speed:
/// float32, images stored plane by plane, autograd. Members and names follow the official Diff-AE code.
/// </summary>
internal sealed class PlainNetwork : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    [ComponentName(Name = "time_embed")] private readonly PlainTimeEmbedding _time;
    [ComponentName(Name = "input_blocks")] private readonly ModuleList<ModuleList<nn.Module>> _down = [];
    [ComponentName(Name = "middle_block")] private readonly ModuleList<nn.Module> _middle;
    [ComponentName(Name = "output_blocks")] private readonly ModuleList<ModuleList<nn.Module>> _up = [];
    [ComponentName(Name = "out")] private readonly Sequential _output;

    public PlainNetwork(ModelOptions options, int imageSize, int imageChannels) : base(nameof(PlainNetwork))
    {
        int resolution = imageSize, channels = options.Multipliers[0] * options.Channels;
        var skips = new Stack<int>();

        _time = new(options);
        AddDown(PlainLayers.Convolution(imageChannels, channels));
        for (int level = 0; level < options.Multipliers.Count; level++)
        {
            if (level > 0)
            {
                AddDown(new PlainConditionalBlock(channels, channels, options, PlainResampling.Halve));
                resolution /= 2;
            }
            for (int block = 0; block < options.Blocks; block++)
                AddDown(Widen(channels, level));
        }

        _middle = nn.ModuleList(
            new PlainConditionalBlock(channels, channels, options), new PlainAttention(channels, options), new PlainConditionalBlock(channels, channels, options));

        for (int level = options.Multipliers.Count - 1; level >= 0; level--)
        {
            for (int block = 0; block <= options.Blocks; block++)
            {
                List<nn.Module> stage = Widen(channels + skips.Pop(), level);
                if (level > 0 && block == options.Blocks)
                {
                    stage.Add(new PlainConditionalBlock(channels, channels, options, PlainResampling.Double));
                    resolution *= 2;
                }
                _up.Add(nn.ModuleList([.. stage]));
            }
        }

        _output = nn.Sequential(PlainLayers.Norm(options.Groups, channels), nn.SiLU(), PlainLayers.ZeroConvolution(channels, imageChannels));
        Encoder = new(options, imageSize, imageChannels);
        RegisterComponents();

        void AddDown(params IEnumerable<nn.Module> stage)
        {
            _down.Add(nn.ModuleList([.. stage]));
            skips.Push(channels);
        }

        List<nn.Module> Widen(int inputs, int level)
        {
            channels = options.Multipliers[level] * options.Channels;
            List<nn.Module> stage = [new PlainConditionalBlock(inputs, channels, options)];
            if (options.AttentionAt.Contains(resolution))
                stage.Add(new PlainAttention(channels, options));
            return stage;
        }
    }

    /// <summary>Images → codes.</summary>
    [field: ComponentName(Name = "encoder")]
    public PlainEncoder Encoder { get; }

    /// <summary>What the decoder predicts for noisy images (N, C, H, W), at times (N) from 0 to 1000, with codes.</summary>
    public override Tensor forward(Tensor noisy, Tensor times, Tensor codes)
    {
        Tensor time = _time.forward(times), h = noisy;
        var skips = new Stack<Tensor>();
        foreach (ModuleList<nn.Module> stage in _down)
            skips.Push(h = Apply(stage, h, time, codes));
        h = Apply(_middle, h, time, codes);
        foreach (ModuleList<nn.Module> stage in _up)
            h = Apply(stage, cat([h, skips.Pop()], 1), time, codes);
        return _output.forward(h);
    }

    private static Tensor Apply(ModuleList<nn.Module> stage, Tensor h, Tensor time, Tensor codes)
    {
        foreach (nn.Module layer in stage)
            h = layer is PlainConditionalBlock block ? block.forward(h, time, codes) : ((nn.Module<Tensor, Tensor>)layer).forward(h);
        return h;
    }
}
