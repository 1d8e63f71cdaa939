using System.Globalization;
using Underpaint.Machine;
using Underpaint.Networks;
using Underpaint.Storage;
using Underpaint.Training;

namespace Underpaint;

/// <summary>
/// A model file: a safetensors file with the average of the weights under their official Diff-AE names, and the recipe in its
/// metadata, so that the file alone is enough to use the model.
/// </summary>
public static class ModelFile
{
    private const string FormatKey = "underpaint.format";
    private const string Format = "1";
    private const string RecipeKey = "underpaint.recipe";
    private const string ImagesSeenKey = "underpaint.imagesSeen";
    private const string ChecksumKey = "underpaint.sha256";
    private const string OriginKey = "underpaint.origin";

    /// <summary>Writes a model file, whole or not at all. The same weights, recipe and position give the same bytes.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="average">The network with the average of the weights.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="imagesSeen">How far the training was.</param>
    /// <exception cref="UnderpaintException">The file cannot be written.</exception>
    public static void Save(string path, AutoencoderNetwork average, Recipe recipe, long imagesSeen) =>
        Save(path, average, recipe, imagesSeen, Disk.Instance);

    internal static void Save(string path, AutoencoderNetwork average, Recipe recipe, long imagesSeen, IFiles files) =>
        Save(path, new(recipe, imagesSeen, average.Weights.ToArray()), files);

    /// <summary>Writes a model that is in plain memory.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="model">The model.</param>
    /// <param name="files">Where files are written.</param>
    /// <param name="notes">More metadata, for other readers than ours. Default none.</param>
    internal static void Save(string path, ModelContent model, IFiles files, IReadOnlyDictionary<string, string>? notes = null)
    {
        var metadata = new Dictionary<string, string>(notes ?? new Dictionary<string, string>())
        {
            [FormatKey] = Format,
            [RecipeKey] = RecipeWriter.Write(model.Recipe),
            [ImagesSeenKey] = model.ImagesSeen.ToString(CultureInfo.InvariantCulture),
            [ChecksumKey] = model.Checksum,
        };
        if (model.Origin is { } origin)
            metadata[OriginKey] = origin;
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(
            stream, WeightTensors.Describe(ModelContent.LayoutOf(model.Recipe), model.Values), metadata), files);
    }

    /// <summary>Reads what a model file says about itself, without its weights.</summary>
    /// <param name="path">A model file, or a run folder, whose model file is taken.</param>
    /// <exception cref="UnderpaintException">The file is missing, damaged, or no model of Underpaint.</exception>
    public static ModelDescription Describe(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(Locate(path));
        return Describe(file);
    }

    /// <summary>Loads a model. libtorch must be loaded.</summary>
    /// <param name="path">A model file, or a run folder, whose model file is taken.</param>
    /// <param name="device">Where to compute.</param>
    /// <returns>The model; the caller disposes it.</returns>
    /// <exception cref="UnderpaintException">The file is missing, damaged, or no model of Underpaint.</exception>
    public static DiffusionAutoencoder Load(string path, ComputeDevice device)
    {
        ModelContent model = Read(path);
        Recipe recipe = model.Recipe;
        var network = new AutoencoderNetwork(recipe.Model, recipe.Data.Size, recipe.Data.Channels, device.Precision);
        try
        {
            network.Weights.Allocate(device.Device);
            network.Weights.Load(model.Values);
            return new(network, recipe, model.ImagesSeen, device.Threads);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Reads a whole model into plain memory; its weights match its checksum.</summary>
    /// <param name="path">A model file, or a run folder, whose model file is taken.</param>
    /// <exception cref="UnderpaintException">The file is missing, damaged, or no model of Underpaint.</exception>
    internal static ModelContent Read(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(Locate(path));
        ModelDescription description = Describe(file);
        float[] values = WeightTensors.Read(file, ModelContent.LayoutOf(description.Recipe));
        var model = new ModelContent(description.Recipe, description.ImagesSeen, values) { Origin = description.Origin };
        return model.Checksum == description.Checksum
            ? model
            : throw new FileFormatException(file.Path, "is damaged: its weights do not match its checksum",
                "Copy the file again, or resume its run to write a new one.");
    }

    /// <summary>Whether a safetensors file says that it is a model of Underpaint, and not one of other origin.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UnderpaintException">It is missing or no safetensors file.</exception>
    public static bool IsModel(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return IsModel(file);
    }

    internal static bool IsModel(SafetensorsFile file) => file.Metadata.ContainsKey(FormatKey) && file.Metadata.ContainsKey(RecipeKey);

    private static ModelDescription Describe(SafetensorsFile file)
    {
        if (!IsModel(file))
            throw new FileFormatException(file.Path, "is a safetensors file, but not a model of Underpaint: it holds no recipe",
                "Give a run folder or the model.safetensors of a run; import an official Diff-AE model first.");
        if (file.Metadata[FormatKey] is var format && format != Format)
            throw new FileFormatException(file.Path, $"was written in model format {format}; this version reads format {Format}",
                "Use the version of Underpaint that wrote it, or a newer one.");
        _ = long.TryParse(file.Metadata.GetValueOrDefault(ImagesSeenKey), NumberStyles.None, CultureInfo.InvariantCulture, out long imagesSeen);
        return new(file.Path, RecipeReader.Read(file.Metadata[RecipeKey], $"The recipe in {file.Path}"), imagesSeen,
            file.Tensors.Values.Sum(tensor => tensor.Shape.Aggregate(1L, (product, size) => product * size)),
            file.Metadata.GetValueOrDefault(ChecksumKey, ""))
        {
            Origin = file.Metadata.GetValueOrDefault(OriginKey),
        };
    }

    /// <summary>The model file itself, where a run's folder was named.</summary>
    internal static string Locate(string path)
    {
        if (!Directory.Exists(path))
            return path;
        string model = RunFolder.Open(path).ModelFile;
        return File.Exists(model)
            ? model
            : throw new UnderpaintException($"The run {path} has no model file yet.", "Train until its first checkpoint, then try again.");
    }
}
