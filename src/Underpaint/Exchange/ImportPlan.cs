using Underpaint.Codes;
using Underpaint.Codes.Directions;
using Underpaint.Codes.Files;
using Underpaint.Codes.Latents;
using Underpaint.Networks;
using Underpaint.Storage;

namespace Underpaint.Exchange;

/// <summary>What an import is going to do: which tensors of a file become which files, and what is left out.</summary>
internal sealed class ImportPlan
{
    /// <summary>What to do about tensors that do not fit.</summary>
    public const string Remedy = "If its sizes are others, give them with --set or --preset; if it was changed or damaged, fetch it again.";

    private readonly ITensorFile _file;
    private readonly OfficialTensors _tensors;
    private readonly OfficialSet? _set;
    private readonly AutoencoderPlan? _model;
    private readonly LatentPlan? _latent;
    private readonly DirectionsPlan? _directions;
    private readonly CodesPlan? _codes;

    /// <summary>Recognises a file, infers the sizes of what is in it, and compares all its tensors with them; no tensor is read.</summary>
    /// <param name="file">The file; stays the caller's.</param>
    /// <param name="options">What to take from it, and what it does not tell.</param>
    /// <exception cref="UnderpaintException">The file cannot be imported so.</exception>
    public ImportPlan(ITensorFile file, ImportOptions options)
    {
        (_file, _tensors) = (file, new OfficialTensors(file));
        Recognition.Check(_tensors);
        if (_tensors.Find(OfficialPart.Codes) is not null)
            _codes = new(file, _tensors);
        if (_codes is null || _tensors.Average.Count + _tensors.Live.Count + _tensors.Only.Count > 0)
        {
            _set = OfficialSet.Choose(_tensors, options.Raw);
            OfficialTraining training = OfficialTraining.Of(file);
            if (_set.Under(OfficialPart.LatentNetwork).Count > 0)
                _latent = new(file, _tensors, _set, training);
            if (_set.Under(OfficialPart.Classifier + ".").Count > 0)
                _directions = new(file, _tensors, _set, training);
            if (_set.Autoencoder.Count > 0)
            {
                Recognition.CheckEncoder(_tensors, _set);
                _model = new(file, _set, IsAlone ? training : training.OfAutoencoder, options);
            }
        }
        CheckTensors();
        CheckOptions(options);
    }

    /// <summary>Reads everything, and writes a file for each thing: the first under the given name, others beside it.</summary>
    /// <param name="destination">The first file; what exists is replaced by the same only.</param>
    /// <param name="model">The model that codes belong to where the file holds none; null for none.</param>
    /// <exception cref="UnderpaintException">Something cannot be read or written, would replace what is read or is something else, or the model is missing or another one's.</exception>
    public ImportedFiles Write(string destination, string? model)
    {
        if (_codes is not null)
            CodeFile.CheckKind(destination);
        var names = new ImportNames(destination, _file.Path, model is null ? null : ModelFile.Locate(model));
        string? modelPath = NameOf(_model, "model"), latentPath = NameOf(_latent, "latent");
        string? directionsPath = NameOf(_directions, "directions"), codesPath = NameOf(_codes, "codes");
        ModelContent? content = _model?.Read();
        CodeOwner? owner = IsAlone ? null : content is not null ? CodeOwner.Of(content) : OwnerOf(model);
        foreach (int codeSize in new[] { _latent?.CodeSize, _directions?.CodeSize, _codes?.CodeSize }.OfType<int>())
            owner!.Check(codeSize, _file.Path);
        LatentContent? latent = _latent?.Read(owner!);
        DirectionSet? directions = _directions?.Read(owner!);
        using ICodeSource? codes = _codes?.Read(owner!);

        // Nothing is written before everything was read, and nothing at all where one file would replace something else.
        ImportNames.Check(modelPath, path => ModelFile.Describe(path).Identity == content!.Identity);
        ImportNames.Check(latentPath, path => LatentFile.Load(path).Matches(latent!));
        ImportNames.Check(directionsPath, path => DirectionSet.Load(path).Matches(directions!));
        bool writesCodes = codes is not null && !CodeDestination.Holds(codesPath!, codes);
        if (content is not null)
            ModelFile.Save(modelPath!, content, Disk.Instance);
        latent?.Save(latentPath!);
        directions?.Save(directionsPath!);
        if (writesCodes)
            CodeFile.Write(codesPath!, codes!);
        return Describe() with
        {
            Model = _model?.Describe(modelPath!),
            Latent = _latent?.Describe(latentPath!),
            Directions = _directions?.Describe(directionsPath!),
            Codes = _codes?.Describe(codesPath!),
        };

        string? NameOf(object? plan, string kind) => plan is null ? null : names.Next(kind);
    }

    /// <summary>Tells the plan; the paths are that of the file itself.</summary>
    public ImportedFiles Describe() => new()
    {
        Model = _model?.Describe(_file.Path),
        Latent = _latent?.Describe(_file.Path),
        Directions = _directions?.Describe(_file.Path),
        Codes = _codes?.Describe(_file.Path),
        Kind = _set?.Kind ?? "codes",
        LeftOut = LeftOut(),
        Assumptions = _model?.Assumptions ?? [],
    };

    private bool IsAlone => _latent is null && _directions is null && _codes is null;

    private CodeOwner OwnerOf(string? model) => model is not null
        ? CodeOwner.Of(model)
        : throw new UnderpaintException($"{_file.Path} is about the codes of a model that it does not hold.",
            "Import the checkpoint of its autoencoder first, then give that model with --model.");

    private void CheckOptions(ImportOptions options)
    {
        if (_model is not null && options.Model is not null)
            throw new UnderpaintException($"{_file.Path} holds a model itself.", "Leave --model out.");
        if (_model is null && (options.Preset is not null || options.Settings.Count > 0))
            throw new UnderpaintException($"{_file.Path} holds no autoencoder, whose sizes could be given.", "Leave --preset and --set out.");
        if (_set is null && options.Raw)
            throw new UnderpaintException($"{_file.Path} holds codes and no weights, live or averaged.", "Leave --raw out.");
    }

    // What does not fit is told at once, whatever it belongs to.
    private void CheckTensors()
    {
        OfficialNetwork[] networks = [.. new[] { _model?.Network, _latent?.Network, _directions?.Network }.OfType<OfficialNetwork>()];
        HashSet<string> known = [.. networks.SelectMany(network => network.Layout.All.Select(weight => network.Prefix + weight.Name))];
        WeightMismatch mismatch = WeightMismatch.Join(
        [
            .. networks.Select(network => network.Mismatch).OfType<WeightMismatch>(),
            new([], [], [.. _set?.UnknownIn(_tensors, known) ?? _tensors.Unknown]),
        ]);
        if (!mismatch.IsEmpty)
            throw new FileFormatException(_file.Path, $"does not fit {(_set is null ? "a file of codes" : "the model's network")}: {mismatch.InWords}", Remedy);
    }

    private Dictionary<string, int> LeftOut()
    {
        bool usesStatistics = _latent is not null || _directions is not null;
        var left = _tensors.Others
            .Where(part => part.Key != OfficialPart.Codes && !(usesStatistics && part.Key is OfficialPart.CodeMean or OfficialPart.CodeDeviation))
            .ToDictionary(part => OfficialPart.InWords(part.Key), part => part.Value);
        if (_set is { Other.Count: > 0 })
            left.Add(_set.OtherKind, _set.Other.Count);
        return left;
    }
}
