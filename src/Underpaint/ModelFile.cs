using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
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

    /// <summary>Writes a model file, whole or not at all. The same weights, recipe and position give the same bytes.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="average">The network with the average of the weights.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="imagesSeen">How far the training was.</param>
    /// <exception cref="UnderpaintException">The file cannot be written.</exception>
    public static void Save(string path, AutoencoderNetwork average, Recipe recipe, long imagesSeen) =>
        Save(path, average, recipe, imagesSeen, Disk.Instance);

    internal static void Save(string path, AutoencoderNetwork average, Recipe recipe, long imagesSeen, IFiles files)
    {
        float[] values = average.Weights.ToArray();
        var metadata = new Dictionary<string, string>
        {
            [FormatKey] = Format,
            [RecipeKey] = RecipeWriter.Write(recipe),
            [ImagesSeenKey] = imagesSeen.ToString(CultureInfo.InvariantCulture),
            [ChecksumKey] = Checksum(values),
        };
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, WeightTensors.Describe(average.Weights, values), metadata), files);
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
        using SafetensorsFile file = SafetensorsFile.Open(Locate(path));
        var (_, recipe, imagesSeen, _) = Describe(file);
        var network = new AutoencoderNetwork(recipe.Model, recipe.Data.Size, recipe.Data.Channels, device.Precision);
        try
        {
            float[] values = WeightTensors.Read(file, network.Weights);
            if (file.Metadata.GetValueOrDefault(ChecksumKey) != Checksum(values))
                throw new FileFormatException(file.Path, "is damaged: its weights do not match its checksum",
                    "Copy the file again, or resume its run to write a new one.");
            network.Weights.Allocate(device.Device);
            network.Weights.Load(values);
            return new(network, recipe, imagesSeen, device.Threads);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static ModelDescription Describe(SafetensorsFile file)
    {
        if (!file.Metadata.TryGetValue(RecipeKey, out string? recipe) || !file.Metadata.TryGetValue(FormatKey, out string? format))
            throw new FileFormatException(file.Path, "is a safetensors file, but not a model of Underpaint: it holds no recipe",
                "Give a run folder or the model.safetensors of a run.");
        if (format != Format)
            throw new FileFormatException(file.Path, $"was written in model format {format}; this version reads format {Format}",
                "Use the version of Underpaint that wrote it, or a newer one.");
        _ = long.TryParse(file.Metadata.GetValueOrDefault(ImagesSeenKey), NumberStyles.None, CultureInfo.InvariantCulture, out long imagesSeen);
        return new(file.Path, RecipeReader.Read(recipe, $"The recipe in {file.Path}"), imagesSeen,
            file.Tensors.Values.Sum(tensor => tensor.Shape.Aggregate(1L, (product, size) => product * size)));
    }

    /// <summary>SHA-256 of all weights, in the network's order: safetensors itself does not notice a flipped bit.</summary>
    internal static string Checksum(float[] values) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(values)));

    private static string Locate(string path)
    {
        if (!Directory.Exists(path))
            return path;
        string model = RunFolder.Open(path).ModelFile;
        return File.Exists(model)
            ? model
            : throw new UnderpaintException($"The run {path} has no model file yet.", "Train until its first checkpoint, then try again.");
    }
}
