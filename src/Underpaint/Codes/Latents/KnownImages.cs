using Underpaint.Codes.Probes;
using Underpaint.Data.Images;
using Underpaint.Data.Sources;

namespace Underpaint.Codes.Latents;

/// <summary>The images that a latent model learnt from, searched for those nearest to a new one: so that copying is seen.</summary>
public sealed class KnownImages
{
    private readonly DiffusionAutoencoder _model;
    private readonly CodeTable _codes;
    private readonly IImageSource? _source;
    private readonly DecodingOptions _options;
    private readonly CodeNeighbors _neighbors;

    /// <summary>Takes the codes to search.</summary>
    /// <param name="model">The autoencoder; stays the caller's.</param>
    /// <param name="codes">Its codes, at least one.</param>
    /// <param name="source">The images that they were made of, stay open; null to show what codes decode to.</param>
    /// <param name="options">How codes are decoded then.</param>
    /// <exception cref="UnderpaintException">The codes are another model's, or other images'.</exception>
    public KnownImages(DiffusionAutoencoder model, CodeTable codes, IImageSource? source, DecodingOptions options)
    {
        codes.Origin.Check(model, codes.Path);
        if (source is not null && source.Fingerprint() != codes.Origin.Fingerprint)
            throw new UnderpaintException($"The codes of {codes.Path} were not made of {source.Description}, but of {codes.Origin.Data}.",
                "Give the images that were encoded, or none.");
        (_model, _codes, _source, _options) = (model, codes, source, options);
        _neighbors = new(codes.Rows.Codes, codes.CodeSize);
    }

    /// <summary>How far known images are from each other: see <see cref="CodeNeighbors.UsualDistance"/>.</summary>
    public double UsualDistance() => _neighbors.UsualDistance();

    /// <summary>The nearest known images to a new one, nearest first.</summary>
    /// <param name="code">The new one's code.</param>
    /// <param name="count">How many, at least 1; fewer where there are fewer.</param>
    /// <exception cref="FileFormatException">One of these images cannot be read.</exception>
    public IReadOnlyList<KnownImage> Nearest(float[] code, int count) => [.. _neighbors.Find(code, count)
        .Select(neighbor => new KnownImage(_codes.Rows.Files[neighbor.Place], neighbor.Distance, ImageOf(neighbor.Place)))];

    private PixelImage ImageOf(int place)
    {
        int index = _codes.Rows.Indices[place];
        if (_source is not null)
            return _source.Read(index, _model.Recipe.Data);
        using CodeBatch codes = _codes.CodesAt([place]).ToCodeBatch(_codes.CodeSize);
        using StochasticCodeBatch start = _model.DrawStochasticCodes(1, _options.Seed, index);
        using ImageBatch image = _model.Decode(codes, _options.Steps, start: start, solver: _options.Solver, grid: _options.Grid);
        return image.ToPixels()[0];
    }
}
