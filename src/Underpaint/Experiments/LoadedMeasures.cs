using Underpaint.Codes.Interpolations;
using Underpaint.Codes.Probes;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Metrics;
using Underpaint.Evaluation.Perceptual;
using Underpaint.Machine;
using Underpaint.Training;

namespace Underpaint.Experiments;

/// <summary>All that the models of an experiment are judged by, with the networks of <see cref="Experiment.Measures"/> loaded. Dispose it.</summary>
internal sealed class LoadedMeasures : IDisposable
{
    private readonly PerceptualMetrics _perceptual;
    private readonly ExperimentMeasures _wanted;

    private LoadedMeasures(PerceptualMetrics perceptual, ExperimentMeasures wanted) => (_perceptual, _wanted) = (perceptual, wanted);

    /// <summary>Loads them.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="UnderpaintException">A file that the experiment names is missing, damaged or holds something else.</exception>
    public static LoadedMeasures Load(Experiment experiment, ComputeDevice device)
    {
        ExperimentMeasures wanted = experiment.Measures;
        var weights = WeightsFolder.Open(wanted.Weights is null ? null : experiment.PathOf(wanted.Weights));
        string? judge = wanted.Judge is null ? null : experiment.PathOf(wanted.Judge);
        var loaded = new LoadedMeasures(PerceptualMetrics.Load(weights, judge, device.Device), wanted);
        if (wanted.Weights is null || loaded._perceptual.Similarities.Count > 0 || loaded._perceptual.Features.Any(network => network is InceptionFeatures))
            return loaded;
        using (loaded)
        {
            throw new UnderpaintException($"{weights.Path} has no metric's weight files. {loaded._perceptual.LeftOut[0].Name}: {loaded._perceptual.LeftOut[0].Reason}",
                "Put them there, or leave measures.weights out.");
        }
    }

    /// <summary>What cannot be measured of images of a recipe's size, and why.</summary>
    /// <param name="recipe">The recipe.</param>
    public IEnumerable<LeftOut> LeftOutFor(Recipe recipe) => [.. _perceptual.Measures.LeftOutAt(recipe.Data.Size), .. _perceptual.LeftOut];

    /// <summary>The metrics of images of a recipe's size, in the order in which they are shown.</summary>
    /// <param name="recipe">The recipe.</param>
    public IEnumerable<Metric> MetricsOf(Recipe recipe)
    {
        int side = recipe.Data.Size;
        IEnumerable<Metric> ofImages = _perceptual.Measures.For(side).SelectMany(measure => measure.MetricsFor(side, side));
        IEnumerable<Metric> classes = _wanted.Probe is { } examples ? CodeClassification.MetricsOf(examples, "the run's training images") : [];
        IEnumerable<Metric> jumps = _wanted.Interpolations is { } pairs ? InterpolationJumps.MetricsOf(pairs) : [];
        return [.. ofImages, .. _perceptual.Features.Select(network => network.Metric), .. classes, .. jumps];
    }

    /// <summary>What judges the models of one run.</summary>
    /// <param name="images">The run's images; must outlive what is returned.</param>
    public Measures Of(ExperimentImages images) => _perceptual.Measures with
    {
        Codes =
        [
            .. _wanted.Probe is { } examples ? (IEnumerable<ICodeMeasure>)[new CodeClassification(images.Data.Training, examples)] : [],
            .. _wanted.Interpolations is { } pairs ? (IEnumerable<ICodeMeasure>)[new InterpolationJumps(pairs)] : [],
        ],
    };

    public void Dispose() => _perceptual.Dispose();
}
