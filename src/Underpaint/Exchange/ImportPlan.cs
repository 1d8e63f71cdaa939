using Underpaint.Networks;
using Underpaint.Storage;

namespace Underpaint.Exchange;

/// <summary>What an import is going to do: which tensors of a file become which weights, and what is left out.</summary>
internal sealed class ImportPlan
{
    private const string Remedy = "If its sizes are others, give them with --set or --preset; if it was changed or damaged, fetch it again.";

    private readonly ITensorFile _file;
    private readonly OfficialTensors _tensors;
    private readonly OfficialSet _set;
    private readonly DraftedRecipe _draft;
    private readonly WeightSet _layout;
    private readonly IReadOnlyDictionary<string, string> _names;

    /// <summary>Recognises a file, infers its sizes, and compares all its tensors with them; no tensor is read.</summary>
    /// <param name="file">The file; stays the caller's.</param>
    /// <param name="options">What to take from it, and what it does not tell.</param>
    /// <exception cref="UnderpaintException">The file cannot be imported so.</exception>
    public ImportPlan(ITensorFile file, ImportOptions options)
    {
        (_file, _tensors) = (file, new OfficialTensors(file));
        Recognition.Check(file, _tensors);
        _set = OfficialSet.Choose(file.Path, _tensors, options.Raw);
        _draft = new RecipeDraft(file.Path, OfficialTraining.Of(file)).Make(() => OfficialArchitecture.Infer(file.Path, _set.ShapesIn(file)), options);
        _layout = ModelContent.LayoutOf(_draft.Recipe);
        _names = _set.WithUnknown(_tensors, _layout);
        WeightTensors.Check(file, _names, _layout, Remedy);
    }

    /// <summary>Reads the weights.</summary>
    /// <exception cref="UnderpaintException">They are no numbers, or cannot be read.</exception>
    public ModelContent Read()
    {
        float[] values = WeightTensors.Read(_file, _names, _layout, Remedy);
        string[] spoilt = [.. _layout.All.Where(weight => !AreFinite(values.AsSpan((int)weight.Offset, (int)weight.Length))).Select(weight => weight.Name)];
        if (spoilt.Length > 0)
            throw new FileFormatException(_file.Path, $"has values that are no numbers in {spoilt.Length} tensors, such as {spoilt[0]}",
                "Its training diverged, or it is damaged: take an older checkpoint.");
        return new(_draft.Recipe, _draft.ImagesSeen, values) { Origin = $"imported from {Path.GetFileName(_file.Path)} ({_set.Kind})" };
    }

    /// <summary>Tells the plan.</summary>
    /// <param name="path">The model file that is made, or the file that it is made of.</param>
    public ImportedModel Describe(string path) => new()
    {
        Path = path,
        Recipe = _draft.Recipe,
        ImagesSeen = _draft.ImagesSeen,
        Weights = _layout.Count,
        Tensors = _layout.All.Count,
        Kind = _set.Kind,
        LeftOut = _set.LeftOut(_tensors),
        Assumptions = _draft.Assumptions,
    };

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }
        return true;
    }
}
