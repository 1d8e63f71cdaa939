namespace Underpaint.Experiments;

/// <summary>What models are judged by besides the metrics that need the images alone.</summary>
public sealed record ExperimentMeasures
{
    /// <summary>The file of a judge (<c>underpaint judge</c>), for the Fréchet distance on its features. Default null: none.</summary>
    public string? Judge { get; init; }

    /// <summary>The folder of published weights, for LPIPS and rFID, each as far as its files are there. Default null: the usual one.</summary>
    public string? Weights { get; init; }

    /// <summary>By how many labelled training images of each run classes are read from its codes. Default null: they are not.</summary>
    public int? Probe { get; init; }

    /// <summary>Between how many pairs of images the evenness of interpolations is measured. Default null: it is not.</summary>
    public int? Interpolations { get; init; }
}
