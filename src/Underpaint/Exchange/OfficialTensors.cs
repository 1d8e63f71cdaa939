using Underpaint.Storage;

namespace Underpaint.Exchange;

/// <summary>The tensors of an official Diff-AE file, sorted by what they belong to. Each one has its place.</summary>
internal sealed class OfficialTensors
{
    private const string State = "state_dict.";
    private const string AveragePrefix = "ema_model.";
    private const string LivePrefix = "model.";

    // The parts of the networks: decoder, encoder, latent network.
    private static readonly string[] Networks =
        ["time_embed.", "input_blocks.", "middle_block.", "output_blocks.", "out.", "encoder.", "latent_net."];

    private static readonly string[] TrainingState =
        ["optimizer_states.", "lr_schedulers.", "callbacks.", "loops.", "native_amp_scaling_state.", "amp_scaling_state.", "hyper_parameters."];

    private readonly Dictionary<string, string> _average = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _live = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _only = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _others = new(StringComparer.Ordinal);

    /// <summary>Sorts a file's tensors.</summary>
    public OfficialTensors(ITensorFile file)
    {
        bool isLightning = file.Shapes.Any(tensor => tensor.Key.StartsWith(State, StringComparison.Ordinal));
        foreach ((string name, _) in file.Shapes)
            Sort(name, isLightning);
    }

    /// <summary>The averaged weights (<c>ema_model.</c>): their names in the file, by official name.</summary>
    public IReadOnlyDictionary<string, string> Average => _average;

    /// <summary>The live weights (<c>model.</c>), likewise.</summary>
    public IReadOnlyDictionary<string, string> Live => _live;

    /// <summary>The weights of a file that has one set without a prefix, likewise.</summary>
    public IReadOnlyDictionary<string, string> Only => _only;

    /// <summary>Whatever has no place in an official file.</summary>
    public List<string> Unknown { get; } = [];

    /// <summary>How many tensors there are of each thing that a model does without.</summary>
    public IReadOnlyDictionary<string, int> Others => _others;

    /// <summary>Whether the file holds a network or another part of this name, in any of its sets.</summary>
    public bool Has(string part) => new[] { _average, _live, _only }.Any(set =>
        set.Keys.Any(name => name.StartsWith(part, StringComparison.Ordinal))) || _others.ContainsKey(part);

    private void Sort(string name, bool isLightning)
    {
        string inner = isLightning && name.StartsWith(State, StringComparison.Ordinal) ? name[State.Length..] : name;
        bool isState = inner.Length < name.Length || !isLightning;
        if (isState && After(AveragePrefix, inner) is { } average)
            _average.Add(average, name);
        else if (isState && After(LivePrefix, inner) is { } live)
            _live.Add(live, name);
        else if (isState && Networks.Any(network => inner.StartsWith(network, StringComparison.Ordinal)))
            _only.Add(inner, name);
        else if (OtherPart(inner, isState, isLightning) is { } other)
            _others[other] = _others.GetValueOrDefault(other) + 1;
        else
            Unknown.Add(name);
    }

    private static string? OtherPart(string name, bool isState, bool isLightning)
    {
        if (isState && name is OfficialPart.SampleNoise or OfficialPart.Codes or OfficialPart.CodeMean or OfficialPart.CodeDeviation)
            return name;
        if (isState && (name.StartsWith("classifier.", StringComparison.Ordinal) || name.StartsWith("ema_classifier.", StringComparison.Ordinal)))
            return OfficialPart.Classifier;
        bool isTraining = isLightning && !isState && TrainingState.Any(part => name.StartsWith(part, StringComparison.Ordinal));
        return isTraining ? OfficialPart.Training : null;
    }

    private static string? After(string prefix, string name) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;
}
