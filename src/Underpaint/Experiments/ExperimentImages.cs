using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Runs;
using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>The images of one run of an experiment: those it learns from, and those it is judged by. Dispose it.</summary>
internal sealed class ExperimentImages : IDisposable
{
    private readonly ExperimentData _names;
    private readonly Lazy<IImageSource> _test;
    private readonly Dictionary<EvaluationImages, string> _fingerprints = [];
    private readonly Lazy<string> _trainingFingerprint;

    /// <summary>Opens them.</summary>
    /// <exception cref="UnderpaintException">There are no images, or too few to hold some out.</exception>
    public ExperimentImages(Experiment experiment, Recipe recipe)
    {
        _names = experiment.Data;
        _test = new(() => ImageSources.Open(experiment.PathOf(_names.Test!)));
        Data = TrainingData.Open(
            experiment.PathOf(_names.Training), _names.Validation is null ? null : experiment.PathOf(_names.Validation), recipe);
        _trainingFingerprint = new(() => Data.Training.Fingerprint());
    }

    /// <summary>The images of the training.</summary>
    public TrainingData Data { get; }

    /// <summary>The images that a model is judged by.</summary>
    public IImageSource SourceOf(EvaluationImages images) => images == EvaluationImages.Test ? _test.Value : Data.Validation;

    /// <summary>What the images are that a model is trained on, without those held out: see <see cref="IImageSource.Fingerprint"/>.</summary>
    public string TrainingFingerprint => _trainingFingerprint.Value;

    /// <summary>What the images are that a model is judged by, likewise.</summary>
    public string FingerprintOf(EvaluationImages images)
    {
        if (!_fingerprints.TryGetValue(images, out string? known))
            _fingerprints[images] = known = SourceOf(images).Fingerprint();
        return known;
    }

    /// <summary>Their name in the experiment's file.</summary>
    public string NameOf(EvaluationImages images) => images switch
    {
        EvaluationImages.Test => _names.Test!,
        _ => _names.Validation ?? $"{Data.Validation.Count} held out of {_names.Training}",
    };

    public void Dispose()
    {
        Data.Dispose();
        if (_test.IsValueCreated)
            _test.Value.Dispose();
    }
}
