using System.Runtime.Intrinsics;

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

    /// <summary>Writes the mask out, for those who cannot work it out on the way: 0 where something is dropped, and elsewhere what keeps the mean.</summary>
    /// <param name="shape">The sizes; an image for each key.</param>
    /// <param name="factors">Written: images × pixels × channels.</param>
    public void Write(NormShape shape, Span<float> factors)
    {
        Span<float> vector = stackalloc float[Vector512<float>.Count];
        for (int image = 0; image < shape.Images; image++)
        {
            var dropped = new Dropped<Identity>(Image(image));
            Span<float> all = shape.Image(factors, image);
            for (int pixel = 0; pixel < shape.Pixels; pixel++)
            {
                for (int channel = 0; channel < shape.Channels; channel += vector.Length)
                {
                    // Positions count what an image is padded with, as the kernel sees it.
                    dropped.Value(Vector512<float>.One, (nuint)pixel * (nuint)shape.Columns + (nuint)channel).CopyTo(vector);
                    int count = Math.Min(vector.Length, shape.Channels - channel);
                    vector[..count].CopyTo(all.Slice(pixel * shape.Channels + channel, count));
                }
            }
        }
    }
}
