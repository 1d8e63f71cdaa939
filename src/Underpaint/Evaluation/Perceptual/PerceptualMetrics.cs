using Underpaint.Evaluation.Distances;
using Underpaint.Evaluation.Judging;
using Underpaint.Evaluation.Metrics;
using static TorchSharp.torch;

namespace Underpaint.Evaluation.Perceptual;

/// <summary>
/// All metrics that need a trained network, as far as the user has one: LPIPS, FID, and the Fréchet distance on the features of a
/// <see cref="Judge"/>. Those whose weights are not there are left out, with the reason. Dispose it.
/// </summary>
public sealed class PerceptualMetrics : IDisposable
{
    private readonly List<LearnedPerceptualSimilarity> _similarities = [];
    private readonly List<IFeatureNetwork> _features = [];
    private readonly List<LeftOut> _leftOut = [];

    private PerceptualMetrics()
    {
    }

    /// <summary>All that could be there, told without weights; their versions and definitions say nothing.</summary>
    internal static IReadOnlyList<Metric> Outlines { get; } =
        [.. Enum.GetValues<LpipsNetwork>().Select(LearnedPerceptualSimilarity.OutlineOf), InceptionFeatures.Outline, Judge.Outline];

    /// <summary>LPIPS with each network that has its files: none, one or two.</summary>
    public IReadOnlyList<LearnedPerceptualSimilarity> Similarities => _similarities;

    /// <summary>Inception for FID, and the judge; none, one or two.</summary>
    public IReadOnlyList<IFeatureNetwork> Features => _features;

    /// <summary>What was left out, and why.</summary>
    public IReadOnlyList<LeftOut> LeftOut => _leftOut;

    /// <summary>Everything that needs only the images, and what is there of these.</summary>
    public Measures Measures => new() { Images = [.. ImageMeasures.All, .. _similarities], Features = _features, LeftOut = _leftOut };

    /// <summary>Loads what is there. libtorch must be loaded.</summary>
    /// <param name="weights">The folder with published weight files.</param>
    /// <param name="judge">A judge's file; null for none.</param>
    /// <param name="device">Where to compute. Default the CPU.</param>
    /// <exception cref="UnderpaintException">A file is there, but it is damaged or holds something else; or the judge's is missing.</exception>
    public static PerceptualMetrics Load(WeightsFolder weights, string? judge = null, Device? device = null)
    {
        var metrics = new PerceptualMetrics();
        try
        {
            foreach (LpipsNetwork network in Enum.GetValues<LpipsNetwork>())
                Add(metrics._similarities, weights.LoadLpips(network, device), LearnedPerceptualSimilarity.NameOf(network), weights.MissingFor(network));
            Add(metrics._features, weights.LoadInception(device), InceptionFeatures.Outline.Name, weights.MissingForInception());
            Add(metrics._features, judge is null ? null : Judge.Load(judge, device), Judge.Outline.Name,
                "It needs a classifier, which `underpaint judge` trains and --judge names.");
            return metrics;
        }
        catch
        {
            metrics.Dispose();
            throw;
        }

        void Add<T>(List<T> loaded, T? metric, string name, string? whyNot) where T : class
        {
            if (metric is not null)
                loaded.Add(metric);
            else if (whyNot is not null)
                metrics._leftOut.Add(new(name, whyNot));
        }
    }

    /// <summary>Frees the networks.</summary>
    public void Dispose()
    {
        foreach (IDisposable network in _similarities.Concat<object>(_features).OfType<IDisposable>())
            network.Dispose();
    }
}
