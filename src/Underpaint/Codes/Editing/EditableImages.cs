using Underpaint.Data;
using Underpaint.Data.Images;

namespace Underpaint.Codes.Editing;

/// <summary>
/// Images taken apart, so that they can be edited: their codes, and the stochastic codes that hold what the codes do not say. A model that was
/// trained at the highest noise only has no stochastic codes; there, all pictures of an image start from the same noise. Dispose it.
/// </summary>
internal sealed class EditableImages : IDisposable
{
    private readonly DiffusionAutoencoder _model;
    private readonly StochasticCodeBatch _start;
    private readonly float[] _codes;

    /// <summary>Takes images apart.</summary>
    /// <param name="model">The model; stays the caller's, and must outlive this.</param>
    /// <param name="batch">The images.</param>
    /// <param name="inversionSteps">Steps by which the stochastic codes are found.</param>
    /// <param name="seed">Seed of the noise, where there are none.</param>
    public EditableImages(DiffusionAutoencoder model, PixelBatch batch, int inversionSteps, long seed)
    {
        _model = model;
        using ImageBatch images = ImageBatch.From(batch);
        using CodeBatch codes = model.Encode(images);
        _codes = codes.Tensor.ToArray();
        _start = model.CanInvert
            ? model.Invert(images, codes, inversionSteps)
            : model.DrawStochasticCodes(batch.Indices, seed);
    }

    /// <summary>The pictures of codes that were moved, each image's by itself.</summary>
    /// <param name="move">Given an image's place and its code, the code to decode instead.</param>
    /// <param name="options">How to decode.</param>
    public IReadOnlyList<PixelImage> Decode(Func<int, ReadOnlyMemory<float>, float[]> move, DecodingOptions options)
    {
        int size = _model.CodeSize;
        float[] moved = [.. Enumerable.Range(0, _codes.Length / size).SelectMany(image => move(image, _codes.AsMemory(image * size, size)))];
        using CodeBatch codes = moved.ToCodeBatch(size);
        using ImageBatch images = _model.Decode(codes, options.Steps, start: _start, solver: options.Solver, grid: options.Grid);
        return images.ToPixels();
    }

    /// <summary>Frees the stochastic codes.</summary>
    public void Dispose() => _start.Dispose();
}
