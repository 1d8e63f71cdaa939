using Underpaint.Data.Images;
using Underpaint.Evaluation.Uncertainty;
using Underpaint.Training;

namespace Underpaint.Evaluation.Comparisons;

/// <summary>One run of a comparison.</summary>
public sealed class ComparedRun
{
    /// <summary>What it is called in the comparison; no two are called the same.</summary>
    public required string Name { get; init; }

    /// <summary>What its model file says about itself.</summary>
    public required ModelDescription Model { get; init; }

    /// <summary>Its figures.</summary>
    public required EvaluationResult Result { get; init; }

    /// <summary>The images that are shown, as this run sees them.</summary>
    public required IReadOnlyList<ShownImage> Shown { get; init; }

    /// <summary>What each way of decoding, in the order of the result's, made of the images that are shown.</summary>
    public required IReadOnlyList<IReadOnlyList<PixelImage>> Pictures { get; init; }

    /// <summary>Mean errors by noise level, from the lowest level on: see <see cref="NoiseErrors"/>.</summary>
    public required IReadOnlyList<NoiseError> NoiseErrors { get; init; }

    /// <summary>Its recipe.</summary>
    public Recipe Recipe => Model.Recipe;

    /// <summary>One of the images that are shown, as this run sees it, and what a way of decoding made of it; null where either is not there.</summary>
    /// <param name="name">The image's name.</param>
    /// <param name="decoding">The way of decoding.</param>
    public (PixelImage Original, PixelImage Picture)? PictureOf(string name, Decoding decoding)
    {
        int place = Shown.Select(image => image.Name).ToList().IndexOf(name), way = Result.Decodings.Select(result => result.Decoding).ToList().IndexOf(decoding);
        return place < 0 || way < 0 ? null : (Shown[place].Image, Pictures[way][place]);
    }

    /// <summary>What was measured of a way of decoding; null where it was left out.</summary>
    /// <param name="decoding">The way of decoding.</param>
    public DecodingResult? Find(Decoding decoding) => Result.Decodings.FirstOrDefault(result => result.Decoding == decoding);

    /// <summary>Whether it was judged by the same images as another: where their recipes differ, one may read images that the other cannot.</summary>
    /// <param name="other">The other.</param>
    internal bool HasImagesOf(ComparedRun other) => Result.Names.SequenceEqual(other.Result.Names);

    /// <summary>A figure of the codes; null where it was left out.</summary>
    /// <param name="key">The metric's key.</param>
    public Figure? FindCode(string key) => Result.Codes.SelectMany(code => code.Figures).FirstOrDefault(figure => figure.Metric.Key == key);
}
