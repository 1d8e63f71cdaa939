using Underpaint.Codes.Probes;
using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Perceptual;
using Underpaint.Machine;

namespace Underpaint.Cli;

/// <summary>What models are judged by, as chosen on the command line. Dispose it.</summary>
internal sealed class ChosenMeasures : IDisposable
{
    private readonly PerceptualMetrics _perceptual;
    private readonly IImageSource? _probed;

    private ChosenMeasures(PerceptualMetrics perceptual, IImageSource? probed)
    {
        (_perceptual, _probed) = (perceptual, probed);
        All = perceptual.Measures with { Codes = probed is null ? [] : [new CodeClassification(probed)] };
    }

    /// <summary>All of them.</summary>
    public Measures All { get; }

    /// <summary>Loads weights and opens images.</summary>
    /// <param name="weights">The folder with weight files; null for the usual one.</param>
    /// <param name="judge">A judge's file; null for none.</param>
    /// <param name="probe">Labelled images to fit a probe on; null for none.</param>
    /// <param name="device">Where to compute.</param>
    public static ChosenMeasures Load(string? weights, string? judge, string? probe, string device)
    {
        IImageSource? probed = probe is null ? null : ImageSources.Open(probe);
        try
        {
            return new(PerceptualMetrics.Load(WeightsFolder.Open(weights), judge, ComputeDevice.Choose(device).Device), probed);
        }
        catch
        {
            probed?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _perceptual.Dispose();
        _probed?.Dispose();
    }
}
