namespace Underpaint.Data;

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

    /// <summary>Decodes one image at its own size.</summary>
    /// <exception cref="FileFormatException">This image is damaged or beyond the limits; the others may be fine.</exception>
    PixelImage Read(int index);
}
