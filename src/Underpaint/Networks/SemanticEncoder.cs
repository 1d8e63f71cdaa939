using TorchSharp;
using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>The encoder E of Diff-AE: an image becomes one code. Half a U-Net, then global average pooling.</summary>
internal sealed class SemanticEncoder
{
    // Far below what a fresh encoder's codes of different images are apart.
    private const double LeastDeviation = 1e-4;

    private readonly Convolution _first;
    private readonly List<(EncoderBlock Block, AttentionBlock? Attention)> _down = [];
    private readonly EncoderBlock _middleBefore;
    private readonly AttentionBlock _middleAttention;
    private readonly EncoderBlock _middleAfter;
    private readonly GroupNorm _lastNorm;
    private readonly Convolution _last;

    public SemanticEncoder(WeightScope scope, ModelOptions options, int imageSize, int imageChannels)
    {
        int resolution = imageSize, place = 0;
        int channels = options.EncoderMultipliers[0] * options.Channels;
        _first = new(scope["input_blocks"][place++][0], imageChannels, channels);
        for (int level = 0; level < options.EncoderMultipliers.Count; level++)
        {
            int width = options.EncoderMultipliers[level] * options.Channels;
            for (int block = 0; block < options.EncoderBlocks; block++)
            {
                WeightScope here = scope["input_blocks"][place++];
                var residual = new EncoderBlock(here[0], channels, width, options);
                channels = width;
                _down.Add((residual, options.AttentionAt.Contains(resolution) ? new(here[1], channels, options) : null));
            }
            if (level == options.EncoderMultipliers.Count - 1)
                break;
            _down.Add((new(scope["input_blocks"][place++][0], channels, channels, options, Resampling.Halve), null));
            resolution /= 2;
        }
        _middleBefore = new(scope["middle_block"][0], channels, channels, options);
        _middleAttention = new(scope["middle_block"][1], channels, options);
        _middleAfter = new(scope["middle_block"][2], channels, channels, options);
        _lastNorm = new(scope["out"][0], channels, options);
        _last = new(scope["out"][3], channels, options.Code, kernel: 1);
    }

    /// <summary>
    /// Scales and shifts the last layer so that what were these codes have mean 0 and, all numbers together, this standard deviation. Where they do not
    /// differ, as those of a single image, it stays as it is: nothing says by how much.
    /// </summary>
    public void Spread(Tensor codes, double spread)
    {
        Tensor mean = codes.mean([0]), distance = codes - mean;
        double deviation = Math.Sqrt((distance * distance).mean().ToDouble());
        if (deviation >= LeastDeviation)
            _last.Transform(spread / deviation, mean);
    }

    /// <summary>(N, C, H, W) in [−1, 1] → (N, code), float32.</summary>
    public Value Apply(Tape tape, Value images, ScalarType precision)
    {
        Value h = tape.Apply(inputs => _first.Apply(inputs[0]).to(precision), images);
        foreach (var (block, attention) in _down)
        {
            h = block.Apply(tape, h);
            h = attention?.Apply(tape, h) ?? h;
        }
        h = _middleAfter.Apply(tape, _middleAttention.Apply(tape, _middleBefore.Apply(tape, h)));
        h = _lastNorm.ApplySilu(tape, h);
        h = tape.Apply(inputs => inputs[0].to(ScalarType.Float32).mean([2, 3], keepdim: true), h);
        return tape.Apply(inputs => inputs[0].flatten(1), _last.Apply(tape, h));
    }
}
