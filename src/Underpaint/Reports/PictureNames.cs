using Underpaint.Storage;

namespace Underpaint.Reports;

/// <summary>File names for pictures of images that may have the same name in different folders.</summary>
internal sealed class PictureNames
{
    private const int LabelLength = 24;
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many names were given.</summary>
    public int Count => _names.Count;

    /// <summary>A name that leads nowhere, is allowed on every system, and was not given before; without an ending.</summary>
    /// <param name="imageName">The image's name in its source.</param>
    public string New(string imageName)
    {
        string plain = FileNames.Plain(Path.ChangeExtension(imageName, null));
        string name = plain;
        for (int copy = 2; !_names.Add(name); copy++)
            name = $"{plain}-{copy}";
        return name;
    }

    /// <summary>A name short enough to stand beside a picture: the end of a path says more than its beginning.</summary>
    public static string LabelOf(string imageName) => imageName.Length <= LabelLength ? imageName : "…" + imageName[^(LabelLength - 1)..];
}
