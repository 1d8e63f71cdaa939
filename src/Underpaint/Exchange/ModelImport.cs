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

        OfficialTensors tensors = OfficialTensors.Of(file);
        Recognition.Check(file, tensors);
        OfficialSet set = OfficialSet.Choose(file.Path, tensors, options.Raw);
        DraftedRecipe draft = new RecipeDraft(path, OfficialTraining.Of(file)).Make(() => OfficialArchitecture.Infer(path, set.ShapesIn(file)), options);
        WeightSet layout = ModelContent.LayoutOf(draft.Recipe);
        float[] values = WeightTensors.Read(file, set.WithUnknown(tensors, layout), layout,
            "If its sizes are others, give them with --set or --preset; if it was changed or damaged, fetch it again.");
        CheckNumbers(path, layout, values);
        var model = new ModelContent(draft.Recipe, draft.ImagesSeen, values) { Origin = $"imported from {Path.GetFileName(path)} ({set.Kind})" };
        ModelFile.Save(destination, model, Disk.Instance);
        return Describe(destination, model, layout) with { Kind = set.Kind, LeftOut = set.LeftOut(tensors), Assumptions = draft.Assumptions };
    }

    // What was exported from here tells everything itself, and comes back to the same bytes.
    private static ImportedModel CopyModel(string path, string destination, ImportOptions options)
    {
        if (options != new ImportOptions { Settings = options.Settings } || options.Settings.Count > 0)
            throw new UnderpaintException($"{path} is a model of Underpaint: it holds one set of weights, and its own recipe.",
                "Import it without further options, or use it as it is.");
        ModelContent model = ModelFile.Read(path);
        ModelFile.Save(destination, model, Disk.Instance);
        return Describe(destination, model, ModelContent.LayoutOf(model.Recipe));
    }

    private static ImportedModel Describe(string path, ModelContent model, WeightSet layout) => new()
    {
        Path = path,
        Recipe = model.Recipe,
        ImagesSeen = model.ImagesSeen,
        Weights = layout.Count,
        Tensors = layout.All.Count,
        Kind = "weights",
        LeftOut = new Dictionary<string, int>(),
        Assumptions = [],
    };

    private static void CheckNumbers(string path, WeightSet layout, float[] values)
    {
        string[] spoilt = [.. layout.All.Where(weight => !values.AsSpan((int)weight.Offset, (int)weight.Length).AllFinite()).Select(weight => weight.Name)];
        if (spoilt.Length > 0)
            throw new FileFormatException(path, $"has values that are no numbers in {spoilt.Length} tensors, such as {spoilt[0]}",
                "Its training diverged, or it is damaged: take an older checkpoint.");
    }

    private static bool AllFinite(this Span<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }
        return true;
    }
}
