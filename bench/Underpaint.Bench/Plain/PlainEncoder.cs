using TorchSharp.Modules;
using TorchSharp.Utils;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Bench.Plain;

/// <summary>The semantic encoder: image → code.</summary>
internal sealed class PlainEncoder : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "input_blocks")] private readonly Sequential _down;
    [ComponentName(Name = "middle_block")] private readonly Sequential _middle;
    [ComponentName(Name = "out")] private readonly Sequential _output;

    public PlainEncoder(ModelOptions options, int imageSize, int imageChannels) : base(nameof(PlainEncoder))
    {
        int resolution = imageSize, channels = options.EncoderMultipliers[0] * options.Channels;
        List<nn.Module<Tensor, Tensor>> down = [nn.Sequential(PlainLayers.Convolution(imageChannels, channels))];
        foreach (var (level, multiplier) in options.EncoderMultipliers.Index())
        {
            if (level > 0)
            {
                down.Add(nn.Sequential(new PlainEncoderBlock(channels, channels, options, PlainResampling.Halve)));
                resolution /= 2;
            }
            for (int block = 0; block < options.EncoderBlocks; block++)
            {
                Sequential stage = nn.Sequential(new PlainEncoderBlock(channels, multiplier * options.Channels, options));
                channels = multiplier * options.Channels;
                down.Add(options.AttentionAt.Contains(resolution) ? stage.append(new PlainAttention(channels, options)) : stage);
            }
        }
        _down = nn.Sequential(down);
        _middle = nn.Sequential(
            new PlainEncoderBlock(channels, channels, options), new PlainAttention(channels, options), new PlainEncoderBlock(channels, channels, options));
        _output = nn.Sequential(
            PlainLayers.Norm(options.Groups, channels), nn.SiLU(), nn.AdaptiveAvgPool2d(1), PlainLayers.Convolution(channels, options.Code, kernel: 1), nn.Flatten());
        RegisterComponents();
    }

    public override Tensor forward(Tensor images) => _output.forward(_middle.forward(_down.forward(images)));
}
