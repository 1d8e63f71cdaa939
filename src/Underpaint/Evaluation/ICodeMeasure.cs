using Underpaint.Data.Sources;
using Underpaint.Evaluation.Metrics;

namespace Underpaint.Evaluation;

/// <summary>Judges a model's codes themselves, whatever they decode to, such as by what a linear probe reads from them.</summary>
public interface ICodeMeasure
{
    /// <summary>What people call it, such as "classes from codes".</summary>
    string Name { get; }

    /// <summary>The metrics made of what it finds.</summary>
    IReadOnlyList<Metric> Metrics { get; }

    /// <summary>Judges the codes of images.</summary>
    /// <param name="model">The model.</param>
    /// <param name="images">The images; stay open.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>A vector for each image that it could judge, in their order, such as 1 for a class that was read rightly and 0 otherwise.</returns>
    /// <exception cref="UnderpaintException">These images cannot be judged, as when they have no labels; it is left out then, with this reason.</exception>
    IReadOnlyList<double[]> Measure(DiffusionAutoencoder model, IImageSource images, CancellationToken cancellation);
}
