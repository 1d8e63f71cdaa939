using Underpaint.Storage;

namespace Underpaint.Exchange;

/// <summary>The tensors of an official Diff-AE file, sorted by what they belong to. Each one has its place.</summary>
internal sealed class OfficialTensors
{
    private const string State = "state_dict.";
    private const string AverageMark = "ema_", LivePrefix = "model.", AveragePrefix = AverageMark + LivePrefix, ClassifierPrefix = "classifier.";

    // The parts of the networks: decoder, encoder, latent network.
    private static readonly string[] Networks =
        ["time_embed.", "input_blocks.", "middle_block.", "output_blocks.", "out.", "encoder.", OfficialPart.LatentNetwork];

    // A latent network by itself has these; an autoencoder's time embedding has its name twice.
    private static readonly string[] BareLatentNetwork = ["layers.", "time_embed.0.", "time_embed.2."];

    private static readonly string[] TrainingState =
        ["optimizer_states.", "lr_schedulers.", "callbacks.", "loops.", "native_amp_scaling_state.", "amp_scaling_state.", "hyper_parameters."];

    private readonly Dictionary<string, string> _average = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _live = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _only = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _others = new(StringComparer.Ordinal);

    /// <summary>Sorts a file's tensors.</summary>
    public OfficialTensors(ITensorFile file)
    {
        Path = file.Path;
        bool isLightning = file.Shapes.Any(tensor => tensor.Key.StartsWith(State, StringComparison.Ordinal));
        foreach ((string name, _) in file.Shapes)
            Sort(name, isLightning);
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>The averaged weights (<c>ema_model.</c>, <c>ema_classifier.</c>): their names in the file, by official name.</summary>
    public IReadOnlyDictionary<string, string> Average => _average;

    /// <summary>The live weights (<c>model.</c>, <c>classifier.</c>), likewise.</summary>
    public IReadOnlyDictionary<string, string> Live => _live;

    /// <summary>The weights of a file that has one set without a prefix, likewise.</summary>
    public IReadOnlyDictionary<string, string> Only => _only;

    /// <summary>Whatever has no place in an official file.</summary>
    public List<string> Unknown { get; } = [];

    /// <summary>How many tensors there are of each thing that is no network's.</summary>
    public IEnumerable<KeyValuePair<string, int>> Others => _others.Select(part => KeyValuePair.Create(part.Key, part.Value.Count));

    /// <summary>The name in the file of a part that is one tensor; null where there is none.</summary>
    public string? Find(string part) => _others.GetValueOrDefault(part)?[0];

    private void Sort(string name, bool isLightning)
    {
        string inner = isLightning && name.StartsWith(State, StringComparison.Ordinal) ? name[State.Length..] : name;
        bool isState = inner.Length < name.Length || !isLightning;
        if (isState && (Without(AveragePrefix, inner) ?? Classifier(Without(AverageMark, inner))) is { } average)
            Put(_average, average, name);
        else if (isState && (Without(LivePrefix, inner) ?? Classifier(inner)) is { } live)
            Put(_live, live, name);
        else if (isState && BareLatentNetwork.Any(part => inner.StartsWith(part, StringComparison.Ordinal)))
            Put(_only, OfficialPart.LatentNetwork + inner, name);
        else if (isState && Networks.Any(network => inner.StartsWith(network, StringComparison.Ordinal)))
            Put(_only, inner, name);
        else if (OtherPart(inner, isState, isLightning) is { } other)
            (_others.TryGetValue(other, out List<string>? names) ? names : _others[other] = []).Add(name);
        else
            Unknown.Add(name);
    }

    // What a set has under another name already has no place.
    private void Put(Dictionary<string, string> set, string official, string name)
    {
        if (!set.TryAdd(official, name))
            Unknown.Add(name);
    }

    private static string? OtherPart(string name, bool isState, bool isLightning)
    {
        if (isState && name is OfficialPart.SampleNoise or OfficialPart.Codes or OfficialPart.CodeMean or OfficialPart.CodeDeviation)
            return name;
        bool isTraining = isLightning && !isState && TrainingState.Any(part => name.StartsWith(part, StringComparison.Ordinal));
        return isTraining ? OfficialPart.Training : null;
    }

    private static string? Without(string prefix, string name) => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;

    // Its own prefix is part of a classifier's official names.
    private static string? Classifier(string? name) => name?.StartsWith(ClassifierPrefix, StringComparison.Ordinal) == true ? name : null;
}
