using Underpaint.Data;

namespace Underpaint.Evaluation;

/// <summary>Judges a model's codes themselves, without decoding them, such as by what a linear probe reads from them.</summary>
public interface ICodeMeasure
{
    /// <summary>The metric; its figure is the mean over images.</summary>
    Metric Metric { get; }

    /// <summary>Judges the codes of images.</summary>
    /// <param name="model">The model.</param>
    /// <param name="images">The images; stay open.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>A number for each image that it could judge, in their order, such as 1 for a class that was read rightly and 0 otherwise.</returns>
    /// <exception cref="UnderpaintException">These images cannot be judged, as when they have no labels; it is left out then, with this reason.</exception>
    IReadOnlyList<double> Measure(DiffusionAutoencoder model, IImageSource images, CancellationToken cancellation);
}
