using Underpaint.Storage;

namespace Underpaint.Exchange;

/// <summary>What an import is going to make of the autoencoder in a file.</summary>
internal sealed class AutoencoderPlan
{
    private readonly ITensorFile _file;
    private readonly string _kind;
    private readonly DraftedRecipe _draft;

    /// <summary>Infers its sizes; no tensor is read.</summary>
    /// <param name="file">The file; stays the caller's.</param>
    /// <param name="set">The set of weights that is taken.</param>
    /// <param name="training">What the file says about the autoencoder's training.</param>
    /// <param name="options">What the file does not tell.</param>
    /// <exception cref="UnderpaintException">Its sizes cannot be told.</exception>
    public AutoencoderPlan(ITensorFile file, OfficialSet set, OfficialTraining training, ImportOptions options)
    {
        (_file, _kind) = (file, set.Kind);
        IReadOnlyDictionary<string, string> names = set.Autoencoder;
        _draft = new RecipeDraft(file.Path, training).Make(() => OfficialArchitecture.Infer(file.Path, file.ShapesOf(names)), options);
        Network = new(file, "", names, ModelContent.LayoutOf(_draft.Recipe));
    }

    /// <summary>Its tensors.</summary>
    public OfficialNetwork Network { get; }

    /// <summary>What was taken from elsewhere than the file and the user.</summary>
    public IReadOnlyList<string> Assumptions => _draft.Assumptions;

    /// <summary>Reads the model.</summary>
    /// <exception cref="UnderpaintException">Its weights are no numbers, or cannot be read.</exception>
    public ModelContent Read() => new(_draft.Recipe, _draft.ImagesSeen, Network.Read())
    {
        Origin = $"imported from {Path.GetFileName(_file.Path)} ({_kind})",
    };

    /// <summary>Tells the plan.</summary>
    /// <param name="path">The model file that is made, or the file that it is made of.</param>
    public ImportedModel Describe(string path) => new()
    {
        Path = path,
        Recipe = _draft.Recipe,
        ImagesSeen = _draft.ImagesSeen,
        Weights = Network.Layout.Count,
        Tensors = Network.Layout.All.Count,
    };
}
