using Underpaint.Networks;
using Underpaint.Storage;

namespace Underpaint.Exchange;

/// <summary>
/// Makes a model file of an official Diff-AE checkpoint: a PyTorch file (also Lightning's <c>last.ckpt</c>) or safetensors. Nothing
/// in the file is executed, and libtorch is not needed. Every tensor is accounted for: it is a weight, or named as left out, or an error.
/// </summary>
public static class ModelImport
{
    /// <summary>Imports a checkpoint.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="destination">The model file to write; replaced if it exists.</param>
    /// <param name="options">What to take from it, and what it does not tell. Default: everything as inferred.</param>
    /// <exception cref="FileFormatException">
    /// The file is damaged, is refused, is no autoencoder, or its tensors do not fit: all of these are named. Nothing was written.
    /// </exception>
    /// <exception cref="UnderpaintException">A value that no tensor tells is missing, or a file cannot be read or written.</exception>
    public static ImportedModel Run(string path, string destination, ImportOptions? options = null)
    {
        options ??= new();
        using ITensorFile file = OfficialFile.Open(path);
        if (file is SafetensorsFile safetensors && ModelFile.IsModel(safetensors))
            return CopyModel(path, destination, options);
        var plan = new ImportPlan(file, options);
        ModelFile.Save(destination, plan.Read(), Disk.Instance);
        return plan.Describe(destination);
    }

    /// <summary>Tells what an import of a checkpoint would make. Its weights are not read, and nothing is written.</summary>
    /// <param name="path">The checkpoint, which becomes the result's path.</param>
    /// <param name="options">As for the import itself.</param>
    /// <exception cref="UnderpaintException">It cannot be imported so; the reason is told.</exception>
    public static ImportedModel Preview(string path, ImportOptions? options = null)
    {
        using ITensorFile file = OfficialFile.Open(path);
        return new ImportPlan(file, options ?? new()).Describe(path);
    }

    // What was exported from here tells everything itself, and comes back to the same bytes.
    private static ImportedModel CopyModel(string path, string destination, ImportOptions options)
    {
        if (options.Raw || options.Preset is not null || options.Settings.Count > 0)
            throw new UnderpaintException($"{path} is a model of Underpaint: it holds one set of weights, and its own recipe.",
                "Import it without further options, or use it as it is.");
        ModelContent model = ModelFile.Read(path);
        ModelFile.Save(destination, model, Disk.Instance);
        WeightSet layout = ModelContent.LayoutOf(model.Recipe);
        return new()
        {
            Path = destination,
            Recipe = model.Recipe,
            ImagesSeen = model.ImagesSeen,
            Weights = layout.Count,
            Tensors = layout.All.Count,
            Kind = "weights",
            LeftOut = new Dictionary<string, int>(),
            Assumptions = [],
        };
    }
}
