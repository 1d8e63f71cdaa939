namespace Underpaint.Kernels;

/// <summary>
/// Which numbers are dropped, as a pure function of (image's key, layer, position in the image): the backward pass works the
/// mask out again instead of keeping it.
/// </summary>
/// <param name="Share">The probability of being dropped, from 0 up to but not 1; 0, the default, drops none.</param>
/// <param name="Keys">One key for each image; images of different keys have independent masks.</param>
/// <param name="Layer">The layer's number; different layers have independent masks.</param>
internal readonly record struct DropoutMask(double Share, ReadOnlyMemory<ulong> Keys, uint Layer)
{
    /// <summary>The mask of one image.</summary>
    public ImageMask Image(int image) =>
        Share == 0 ? default : new(Share, RandomSource.Mix(RandomSource.Mix(Keys.Span[image]) + Layer));
}
