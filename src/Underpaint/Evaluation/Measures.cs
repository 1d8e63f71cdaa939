using Underpaint.Evaluation.Distances;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Evaluation;

/// <summary>What models are judged by.</summary>
public sealed record Measures
{
    /// <summary>What compares images with their reconstructions one by one. Default <see cref="ImageMeasures.All"/>.</summary>
    public IReadOnlyList<IImageMeasure> Images { get; init; } = ImageMeasures.All;

    /// <summary>By whose features all images together are compared with all their reconstructions. Default none: they need weights.</summary>
    public IReadOnlyList<IFeatureNetwork> Features { get; init; } = [];

    /// <summary>What judges the codes. Default none: it needs labels.</summary>
    public IReadOnlyList<ICodeMeasure> Codes { get; init; } = [];

    /// <summary>What cannot be measured because its weights are not there, and why. Default none.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; init; } = [];

    /// <summary>Those of <see cref="Images"/> that take images of a size.</summary>
    /// <param name="side">Width and height in pixels.</param>
    internal IEnumerable<IImageMeasure> For(int side) => Images.Where(measure => measure.SmallestSide <= side);

    /// <summary>Those that need larger images, with the reason.</summary>
    /// <param name="side">Width and height in pixels.</param>
    internal IEnumerable<LeftOut> LeftOutAt(int side) => Images.Where(measure => measure.SmallestSide > side).Select(measure => new LeftOut(measure.Name,
        $"It needs images of at least {measure.SmallestSide}×{measure.SmallestSide} pixels; these have {side}×{side}."));
}
