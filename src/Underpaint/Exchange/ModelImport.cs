using Underpaint.Networks;
using Underpaint.Storage;

namespace Underpaint.Exchange;

/// <summary>
/// Makes files of Underpaint of what the official Diff-AE code wrote, a PyTorch file (also Lightning's <c>last.ckpt</c>) or safetensors: a model of an
/// autoencoder, a latent model of a latent DPM, directions of a classifier, a code file of a <c>latent.pkl</c>. Nothing in the file is executed, and libtorch
/// is not needed. Every tensor is accounted for: something is made of it, or it is named as left out, or it is an error.
/// </summary>
public static class ModelImport
{
    /// <summary>Imports a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="destination">
    /// The file to write; if it exists, it is replaced by the same only. Of a checkpoint that holds several things this is the model, and each other file lies beside it:
    /// "faces.safetensors", "faces-latent.safetensors".
    /// </param>
    /// <param name="options">What to take from it, and what it does not tell. Default: everything as inferred.</param>
    /// <exception cref="FileFormatException">
    /// The file is damaged, is refused, holds nothing to import, or its tensors do not fit: all of these are named.
    /// </exception>
    /// <exception cref="UnderpaintException">A value that no tensor tells is missing, a file cannot be read or written, or one that is read or is something else would be replaced.</exception>
    public static ImportedFiles Run(string path, string destination, ImportOptions? options = null)
    {
        options ??= new();
        OutputFile.CheckFolder(destination);
        using ITensorFile file = AnyTensorFile.Open(path);
        return file is SafetensorsFile safetensors && ModelFile.IsModel(safetensors)
            ? CopyModel(path, destination, options)
            : new ImportPlan(file, options).Write(destination, options.Model);
    }

    /// <summary>Tells what an import of a file would make. Its tensors are not read, and nothing is written.</summary>
    /// <param name="path">The file, which becomes the paths of the result.</param>
    /// <param name="options">As for the import itself.</param>
    /// <exception cref="UnderpaintException">It cannot be imported so; the reason is told.</exception>
    public static ImportedFiles Preview(string path, ImportOptions? options = null)
    {
        using ITensorFile file = AnyTensorFile.Open(path);
        return new ImportPlan(file, options ?? new()).Describe();
    }

    // What was exported from here tells everything itself, and comes back to the same bytes.
    private static ImportedFiles CopyModel(string path, string destination, ImportOptions options)
    {
        if (options.Raw || options.Preset is not null || options.Settings.Count > 0 || options.Model is not null)
            throw new UnderpaintException($"{path} is a model of Underpaint: it holds one set of weights, and its own recipe.",
                "Import it without further options, or use it as it is.");
        destination = new ImportNames(destination, path).Next("model");
        ModelContent model = ModelFile.Read(path);
        ImportNames.Check(destination, there => ModelFile.Describe(there).Identity == model.Identity);
        ModelFile.Save(destination, model, Disk.Instance);
        WeightSet layout = ModelContent.LayoutOf(model.Recipe);
        return new()
        {
            Model = new()
            {
                Path = destination,
                Recipe = model.Recipe,
                ImagesSeen = model.ImagesSeen,
                Weights = layout.Count,
                Tensors = layout.All.Count,
            },
            Kind = "weights",
            LeftOut = new Dictionary<string, int>(),
            Assumptions = [],
        };
    }
}
