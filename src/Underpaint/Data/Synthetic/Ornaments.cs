using Underpaint.Data.Images;
using Underpaint.Data.Sources;

namespace Underpaint.Data.Synthetic;

/// <summary>
/// The built-in image set: enamel ornaments on soft backgrounds, made by formula. Every image's factors of structure and of
/// detail are known, so one can ask what a code has learnt. Labels are the shapes.
/// </summary>
/// <remarks>
/// Image i is a pure function of (seed, i): it does not depend on the count, and its picture is the same at every size.
/// Another seed gives other images of the same kind, for instance for validation.
/// </remarks>
public sealed class Ornaments : IImageSource
{
    private readonly int _size;
    private readonly long _seed;

    /// <summary>Describes the set; images are painted when they are read.</summary>
    /// <param name="count">How many images, at least 1.</param>
    /// <param name="size">Width and height in pixels, 8 … 4096. From 32 on the textures are seen without aliasing.</param>
    /// <param name="seed">Which set of images; any number. Default 0.</param>
    /// <exception cref="UnderpaintException">The count or the size is impossible.</exception>
    public Ornaments(int count, int size, long seed = 0)
    {
        if (count < 1)
            throw new UnderpaintException($"A set of {count} ornaments was asked for.", "Ask for at least 1.");
        OrnamentPainter.CheckSize(size);
        (Count, _size, _seed) = (count, size, seed);
    }

    /// <inheritdoc/>
    public string Description => $"{Count} ornaments, {_size}×{_size}, seed {_seed}";

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>The shapes: circle, square, triangle, star, heart, ring.</summary>
    public IReadOnlyList<string> LabelNames => OrnamentFactor.All[0].ClassNames;

    /// <inheritdoc/>
    public string NameOf(int index)
    {
        CheckIndex(index);
        return $"ornament {index}";
    }

    /// <summary>The number of the image's <see cref="OrnamentFactors.Shape"/>; never null.</summary>
    public int? LabelOf(int index) => (int)FactorsOf(index).Shape;

    /// <summary>Paints one image: RGB, at the size given to the constructor.</summary>
    /// <inheritdoc/>
    public PixelImage Read(int index) => OrnamentPainter.Paint(FactorsOf(index), _size);

    /// <summary>The known factors of one image.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    public OrnamentFactors FactorsOf(int index)
    {
        CheckIndex(index);
        var random = new RandomSource(_seed, "ornament", index);
        var factors = new OrnamentFactors { GrainSeed = random.NextBits() };
        foreach (OrnamentFactor factor in OrnamentFactor.All)
            factors = factor.With(factors, factor.Draw(random));
        return factors;
    }

    /// <summary>The known factors of one image as numbers, in the order of <see cref="OrnamentFactor.All"/>.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    public double[] ValuesOf(int index)
    {
        OrnamentFactors factors = FactorsOf(index);
        return [.. OrnamentFactor.All.Select(factor => factor.ValueOf(factors))];
    }

    /// <summary>Made of the count, the size and the seed.</summary>
    public string Fingerprint()
    {
        using var hash = new SourceHash("ornaments");
        hash.Add(Count);
        hash.Add(_size);
        hash.Add(_seed);
        return hash.Finish();
    }

    /// <summary>Does nothing: the set holds no files and no memory.</summary>
    public void Dispose()
    {
    }

    private void CheckIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
    }
}
