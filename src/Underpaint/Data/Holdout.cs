using Underpaint.Data.Sources;

namespace Underpaint.Data;

/// <summary>Keeps some images out of training, to validate on.</summary>
public static class Holdout
{
    /// <summary>Splits a source at random into two without a common image; the same seed gives the same split.</summary>
    /// <param name="source">All images; it must outlive both parts, and its owner disposes it.</param>
    /// <param name="count">How many images to hold out, at least 1.</param>
    /// <param name="seed">The recipe's seed.</param>
    /// <returns>The images to train on and those held out, each in the source's order.</returns>
    /// <exception cref="UnderpaintException">The source has too few images.</exception>
    public static (SubsetSource Training, SubsetSource Validation) Split(IImageSource source, int count, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (count >= source.Count)
            throw new UnderpaintException(
                $"{count} images cannot be held out of the {source.Count} of {source.Description}: none would be left to train on.",
                "Hold fewer images out, or give the validation images separately.");
        int[] order = new RandomSource(seed, "holdout").NextOrder(source.Count);
        return (new SubsetSource(source, order[count..].Order()), new SubsetSource(source, order[..count].Order()));
    }
}
