using Underpaint.Codes;
using Underpaint.Codes.Directions;
using Underpaint.Codes.Latents;
using Underpaint.Data;
using Underpaint.Exchange.Onnx;
using Underpaint.Reports;
using Underpaint.Runs;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint.Exchange;

/// <summary>Writes a model for others to use: a folder that can be published as it is. libtorch is not needed.</summary>
public static class ModelExport
{
    private const string WeightsName = "model.safetensors";
    private const string CardName = "README.md";

    // Readers of PyTorch models look for this word.
    private static readonly Dictionary<string, string> ForPyTorch = new() { ["format"] = "pt" };

    /// <summary>
    /// Writes the weights as safetensors under the names of the official Diff-AE code, and a model card. Underpaint reads the file as it
    /// is; imported, it becomes the same model file again, to the bit.
    /// </summary>
    /// <param name="model">A model file, or a run folder, whose model file is taken and whose figures go into the card.</param>
    /// <param name="folder">Where to; created where it is missing. Files of these names in it are replaced, each whole or not at all.</param>
    /// <param name="options">What no file tells. Default: an unknown licence.</param>
    /// <exception cref="UnderpaintException">The model is missing or damaged, a README.md is there that is no model card, or the folder cannot be written.</exception>
    public static ExportedModel Safetensors(string model, string folder, ExportOptions? options = null)
    {
        options ??= new();
        ModelContent content = ModelFile.Read(model);
        ModelCardData card = Complete(CardOf(content, options), model, options);
        string weights = Path.Combine(folder, WeightsName), page = Path.Combine(folder, CardName);
        ModelCard.CheckDestination(page);
        CreateFolder(folder);
        ModelFile.Save(weights, content, Disk.Instance, ForPyTorch);
        AtomicFile.WriteText(page, ModelCard.Write(card));
        return new(weights, page);
    }

    /// <summary>
    /// Writes the model as ONNX graphs, made of the network's structure: <c>encoder.onnx</c>, <c>denoiser.onnx</c> (one network call of the decoder), with
    /// <see cref="ExportOptions.Latent"/> <c>latent.onnx</c> (one of the latent model), and with <see cref="ExportOptions.Directions"/> <c>directions.safetensors</c>. Each graph says in its metadata all that decoding takes; Underpaint.Onnx
    /// uses the folder as it is.
    /// </summary>
    /// <param name="model">A model file, or a run folder, whose model file is taken.</param>
    /// <param name="folder">
    /// Where to; created where it is missing. Files of these names in it are replaced, each whole or not at all; a latent model's graph and directions that are not
    /// written and belong to another model are deleted. Nothing is touched unless all files can be made.
    /// </param>
    /// <param name="options">What no file tells.</param>
    /// <exception cref="UnderpaintException">The model is missing, damaged or too large for ONNX, the directions or the latent model are another model's, or the folder cannot be
    /// written.</exception>
    public static ExportedGraphs Onnx(string model, string folder, ExportOptions? options = null)
    {
        ModelContent content = ModelFile.Read(model);
        DirectionSet? directions = options?.Directions is { } file ? DirectionSet.Load(file) : null;
        directions?.Check(content.Identity, options!.Directions!);
        LatentContent? latent = options?.Latent is { } path ? LatentFile.Load(path) : null;
        if (latent is not null)
            ModelIdentity.Check(content.Identity, latent.Description.Model, options!.Latent!);
        IReadOnlyDictionary<string, string> metadata = MetadataOf(content, directions?.Statistics).ToEntries();
        string latentFile = Path.Combine(folder, OnnxNames.LatentFile), directionsFile = Path.Combine(folder, OnnxNames.DirectionsFile);
        var exported = new ExportedGraphs(Path.Combine(folder, OnnxNames.EncoderFile), Path.Combine(folder, OnnxNames.DenoiserFile),
            latent is null ? null : latentFile, directions is null ? null : directionsFile);
        OnnxFile[] graphs =
        [
            new(exported.Encoder, EncoderGraph.Of(content), metadata),
            new(exported.Denoiser, DenoiserGraph.Of(content), metadata),
            .. latent is null ? Array.Empty<OnnxFile>() : [new(latentFile, LatentGraph.Of(latent), LatentMetadata.EntriesOf(latent.Description))],
        ];
        CreateFolder(folder);
        Array.ForEach(graphs, graph => graph.Write());
        directions?.Save(directionsFile);
        // What is left of another model would be taken for this one's, or refused only when it is used.
        if (latent is null)
            DeleteOther(latentFile, OnnxFile.IdentityIn, content.Identity);
        if (directions is null)
            DeleteOther(directionsFile, OwnerOf, content.Identity);
        return exported;
    }

    // Null for what are no directions.
    private static string? OwnerOf(string directions)
    {
        try
        {
            return DirectionSet.Load(directions).Model;
        }
        catch (FileFormatException)
        {
            return null;
        }
    }

    private static void DeleteOther(string path, Func<string, string?> ownerOf, string model)
    {
        if (!File.Exists(path) || ownerOf(path) is not { } owner || owner == model)
            return;
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(path, e);
        }
    }

    private static OnnxMetadata MetadataOf(ModelContent model, CodeStatistics? statistics)
    {
        Recipe recipe = model.Recipe;
        Phase phase = new PhasePlan(recipe).Before(model.ImagesSeen).Phase;
        return new()
        {
            Identity = model.Identity,
            ImageSize = recipe.Data.Size,
            Channels = recipe.Data.Channels,
            Crop = recipe.Data.Crop,
            CodeSize = recipe.Model.Code,
            Schedule = phase.Schedule,
            Prediction = phase.Predict,
            Statistics = statistics,
            ImagesSeen = model.ImagesSeen,
            Recipe = RecipeWriter.Write(recipe),
        };
    }

    private static ModelCardData CardOf(ModelContent model, ExportOptions options) => new()
    {
        Recipe = model.Recipe,
        ImagesSeen = model.ImagesSeen,
        Weights = model.Values.Length,
        WeightsFile = WeightsName,
        Origin = model.Origin,
        License = options.License,
        Datasets = options.Datasets,
    };

    // A run knows more than its model file: what it was trained on, and how good it is.
    private static ModelCardData Complete(ModelCardData card, string model, ExportOptions options)
    {
        if (!RunFolder.IsRun(model))
            return card;
        RunFolder run = RunFolder.Open(model);
        RunEnvironment? environment = File.Exists(run.EnvironmentFile) ? RunEnvironment.Read(run) : null;
        string? data = environment is null ? null : NameOf(environment.Data);
        return card with
        {
            Datasets = options.Datasets.Count > 0 || data is null ? options.Datasets : [data],
            Data = environment is null ? null : $"{data} ({environment.TrainingImages} images)",
            Validation = RunMetrics.Read(run).Validations.LastOrDefault(record => record.ImagesSeen <= card.ImagesSeen),
        };
    }

    // Where the data lie on this machine is nobody else's business.
    private static string NameOf(string data) => ImageSources.IsBuiltIn(data)
        ? ImageSources.BuiltIn
        : Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(data));

    private static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (DiskError.Is(e))
        {
            throw DiskError.Writing(folder, e);
        }
    }
}
