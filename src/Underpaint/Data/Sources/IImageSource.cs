using Underpaint.Data.Images;

namespace Underpaint.Data.Sources;

/// <summary>
/// A fixed, ordered set of images: a folder, an archive, or a generator. Image <c>i</c> is always the same one.
/// All members may be called from several threads at once.
/// </summary>
public interface IImageSource : IDisposable
{
    /// <summary>Where the images come from, for people: "folder photos/", "zip cifar10-train.zip".</summary>
    string Description { get; }

    /// <summary>How many images there are; at least 1.</summary>
    int Count { get; }

    /// <summary>The classes' names by label; empty when the images have no labels.</summary>
    IReadOnlyList<string> LabelNames { get; }

    /// <summary>The image's name, for people and reports: a path relative to the source, or an index.</summary>
    string NameOf(int index);

    /// <summary>The image's class, an index into <see cref="LabelNames"/>; null when it has none.</summary>
    int? LabelOf(int index);

    /// <summary>Decodes one image at its own size, all of which is held in memory.</summary>
    /// <exception cref="FileFormatException">This image is damaged, missing or beyond the limits; the others may be fine.</exception>
    /// <exception cref="UnderpaintException">The disk fails, which says nothing about the image: it must not be skipped for it.</exception>
    PixelImage Read(int index);

    /// <summary>
    /// Decodes one image as a model sees it: what <see cref="ImagePreparation.Prepare"/> makes of it. Sources of files do so
    /// without ever holding all of a large image in memory.
    /// </summary>
    /// <param name="index">Which image.</param>
    /// <param name="options">Size, colour and crop.</param>
    /// <exception cref="FileFormatException">This image is damaged, beyond the limits, or of a size that the crop is not for; the others may be fine.</exception>
    PixelImage Read(int index, DataOptions options) => ImagePreparation.Prepare(Read(index), options, NameOf(index));

    /// <summary>Decodes one image, and keeps nothing of it but its size.</summary>
    /// <param name="index">Which image.</param>
    /// <exception cref="FileFormatException">This image is damaged or beyond the limits; the others may be fine.</exception>
    ImageSize Measure(int index)
    {
        PixelImage image = Read(index);
        return new(image.Width, image.Height);
    }

    /// <summary>
    /// One image's file as it is, not decoded: the bytes that <see cref="Read(int)"/> decodes all of. Null where there is no such
    /// file, because images are generated, stored as bare pixels, or parts of larger ones.
    /// </summary>
    /// <param name="index">Which image.</param>
    /// <exception cref="FileFormatException">It cannot be read, or is beyond the limits; the others may be fine.</exception>
    byte[]? ReadEncoded(int index) => null;

    /// <summary>
    /// What the images are, in 32 hexadecimal digits: the same for the same images wherever they lie, and others for other
    /// images, also where these have the same names. Quick: nothing is decoded, and of many files some are looked into. Unless a
    /// source does better, it is made of the names alone.
    /// </summary>
    string Fingerprint()
    {
        using var hash = new SourceHash("names");
        for (int i = 0; i < Count; i++)
            hash.Add(NameOf(i));
        return hash.Finish();
    }
}
