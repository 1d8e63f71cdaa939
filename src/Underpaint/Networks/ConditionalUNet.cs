using static TorchSharp.torch;

namespace Underpaint.Networks;

/// <summary>The decoder's network of Diff-AE: a U-Net that sees a noisy image, the noise level and the code.</summary>
internal sealed class ConditionalUNet
{
    private readonly TimeEmbedding _time;
    private readonly Convolution _first;
    private readonly List<Stage> _down = [];
    private readonly Stage _middle;
    private readonly ConditionalBlock _middleAfter;
    private readonly List<Stage> _up = [];
    private readonly GroupNorm _lastNorm;
    private readonly Convolution _last;

    public ConditionalUNet(WeightScope scope, ModelOptions options, int imageSize, int imageChannels)
    {
        int levels = options.Multipliers.Count, resolution = imageSize, place = 0;
        int channels = options.Multipliers[0] * options.Channels;
        var skips = new Stack<int>([channels]);
        AttentionBlock? AttentionHere(WeightScope here) =>
            options.AttentionAt.Contains(resolution) ? new(here[1], channels, options) : null;

        _time = new(scope["time_embed"]["time_embed"], options.Channels, options.TimeWidth);
        _first = new(scope["input_blocks"][place++][0], imageChannels, channels);

        for (int level = 0; level < levels; level++)
        {
            int width = options.Multipliers[level] * options.Channels;
            for (int block = 0; block < options.Blocks; block++)
            {
                WeightScope here = scope["input_blocks"][place++];
                var residual = new ConditionalBlock(here[0], channels, width, options);
                channels = width;
                _down.Add(new(residual, AttentionHere(here)));
                skips.Push(channels);
            }
            if (level == levels - 1)
                break;
            _down.Add(new(new(scope["input_blocks"][place++][0], channels, channels, options, Resampling.Halve)));
            skips.Push(channels);
            resolution /= 2;
        }

        WeightScope middle = scope["middle_block"];
        _middle = new(new(middle[0], channels, channels, options), new(middle[1], channels, options));
        _middleAfter = new(middle[2], channels, channels, options);

        place = 0;
        for (int level = levels - 1; level >= 0; level--)
        {
            int width = options.Multipliers[level] * options.Channels;
            for (int block = 0; block <= options.Blocks; block++)
            {
                WeightScope here = scope["output_blocks"][place++];
                var residual = new ConditionalBlock(here[0], channels + skips.Pop(), width, options);
                channels = width;
                AttentionBlock? attention = AttentionHere(here);
                bool doubles = level > 0 && block == options.Blocks;
                WeightScope last = here[attention is null ? 1 : 2];
                _up.Add(new(residual, attention, doubles ? new(last, channels, channels, options, Resampling.Double) : null));
                if (doubles)
                    resolution *= 2;
            }
        }

        _lastNorm = new(scope["out"][0], channels, options);
        _last = new(scope["out"][2], channels, imageChannels, zero: true);
    }

    /// <summary>What the network predicts: (N, C, H, W) like <paramref name="noisy"/>, float32.</summary>
    /// <param name="tape">Remembers it.</param>
    /// <param name="noisy">x_t, (N, C, H, W).</param>
    /// <param name="times">(N), 0 … 1000.</param>
    /// <param name="codes">(N, code).</param>
    /// <param name="dropout">Which activations are dropped; null drops none.</param>
    /// <param name="precision">The type of the activations between the first and the last convolution.</param>
    public Value Apply(Tape tape, Value noisy, Tensor times, Value codes, Dropout? dropout, ScalarType precision)
    {
        // Every block starts with the SiLU of both; once is enough.
        var conditioning = new Conditioning(
            tape.Apply(_ => nn.functional.silu(_time.Apply(times))),
            tape.Apply(inputs => nn.functional.silu(inputs[0]), codes),
            dropout);
        Value h = tape.Apply(inputs => _first.Apply(inputs[0]).to(precision), noisy);
        var skips = new Stack<Value>([h]);
        foreach (Stage stage in _down)
            skips.Push(h = stage.Apply(tape, h, conditioning));
        h = _middleAfter.Apply(tape, _middle.Apply(tape, h, conditioning), conditioning);
        foreach (Stage stage in _up)
            h = stage.Apply(tape, Join(tape, h, skips.Pop()), conditioning);
        return _last.Apply(tape, tape.Apply(inputs => inputs[0].to(ScalarType.Float32), _lastNorm.ApplySilu(tape, h)));
    }

    private static Value Join(Tape tape, Value h, Value skip) => tape.Apply(inputs => cat(inputs, 1), h, skip);

    /// <summary>One entry of <c>input_blocks</c> or <c>output_blocks</c>.</summary>
    private sealed record Stage(ConditionalBlock Block, AttentionBlock? Attention = null, ConditionalBlock? Double = null)
    {
        public Value Apply(Tape tape, Value x, Conditioning conditioning)
        {
            x = Block.Apply(tape, x, conditioning);
            x = Attention?.Apply(tape, x) ?? x;
            return Double?.Apply(tape, x, conditioning) ?? x;
        }
    }
}
