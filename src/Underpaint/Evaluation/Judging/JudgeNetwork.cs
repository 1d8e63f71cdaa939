using Underpaint.Machine;
using Underpaint.Networks;
using static TorchSharp.torch;

namespace Underpaint.Evaluation.Judging;

/// <summary>
/// The judge's network: residual blocks with a halving after each until 4 pixels or fewer are left, one layer of features, and the
/// outputs for the questions. Positions are kept until the features, so that it can tell where things are.
/// </summary>
internal sealed class JudgeNetwork : IReplicable<JudgeNetwork>
{
    /// <summary>Changes whenever networks of the same options become others.</summary>
    public const int Version = 1;

    private const int LastSide = 4, MostDoublings = 3;
    private static readonly ModelOptions Norms = new() { Groups = 8 };

    private readonly JudgeOptions _options;
    private readonly int _outputs;
    private readonly Precision _precision;
    private readonly Convolution _first;
    private readonly List<EncoderBlock> _blocks = [];
    private readonly GroupNorm _lastNorm;
    private readonly Linear _features;
    private readonly Linear _answers;

    /// <summary>Lays the network out; nothing is allocated until its <see cref="Weights"/> are.</summary>
    /// <param name="options">The sizes.</param>
    /// <param name="outputs">Numbers that answer all the questions.</param>
    /// <param name="precision">The type of the activations between the first layer and the features. Default float32.</param>
    public JudgeNetwork(JudgeOptions options, int outputs, Precision precision = Precision.Float32)
    {
        (_options, _outputs, _precision, Weights) = (options, outputs, precision, new(precision));
        WeightScope root = Weights.Root;
        int channels = options.Channels, side = options.Size, widest = options.Channels << MostDoublings;
        _first = new(root["first"], 3, channels);
        for (; side > LastSide; side /= 2)
        {
            int wider = Math.Min(2 * channels, widest);
            _blocks.Add(new(root["blocks"][_blocks.Count], channels, channels, Norms));
            _blocks.Add(new(root["blocks"][_blocks.Count], channels, wider, Norms, Resampling.Halve));
            channels = wider;
        }
        _blocks.Add(new(root["blocks"][_blocks.Count], channels, channels, Norms));
        _lastNorm = new(root["norm"], channels, Norms);
        _features = new(root["features"], channels * side * side, options.Features);
        _answers = new(root["answers"], options.Features, outputs);
    }

    /// <summary>All weights.</summary>
    public WeightSet Weights { get; }

    /// <summary>Images to features, (N, features), remembered for a backward pass.</summary>
    /// <param name="tape">Remembers it.</param>
    /// <param name="images">(N, 3, H, W) in [−1, 1].</param>
    public Value Features(Tape tape, Tensor images)
    {
        ScalarType type = _precision == Precision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        Value h = tape.Apply(inputs => _first.Apply(inputs[0]).to(type), Tape.Constant(images.ToChannelsLast()));
        foreach (EncoderBlock block in _blocks)
            h = block.Apply(tape, h);
        h = _lastNorm.ApplySilu(tape, h);
        return tape.Apply(inputs => nn.functional.silu(_features.Apply(inputs[0].to(ScalarType.Float32).flatten(1))), h);
    }

    /// <summary>Features to the outputs for all questions, (N, outputs).</summary>
    /// <param name="tape">Remembers it.</param>
    /// <param name="features">(N, features).</param>
    public Value Answers(Tape tape, Value features) => tape.Apply(inputs => _answers.Apply(inputs[0]), features);

    public JudgeNetwork Replicate()
    {
        var replica = new JudgeNetwork(_options, _outputs, _precision);
        replica.Weights.Share(Weights);
        return replica;
    }

    public void Dispose() => Weights.Dispose();
}
