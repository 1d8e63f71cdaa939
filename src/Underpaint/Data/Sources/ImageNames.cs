using Underpaint.Data.Labels;

namespace Underpaint.Data.Sources;

/// <summary>What a folder's and an archive's names say: which files are images, and which class each belongs to.</summary>
internal static class ImageNames
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif"];

    /// <summary>The extensions that count as images, for messages.</summary>
    public const string Kinds = "jpg, jpeg, png, webp, bmp or gif";

    /// <summary>Whether a file's name is that of an image.</summary>
    public static bool IsImage(string name) => Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a relative name ('/' between folders) is an image and no part of it is hidden.</summary>
    public static bool IsVisibleImage(string name) =>
        IsImage(name) && !(name.StartsWith('.') || name.Contains("/.")
            || name.StartsWith("__MACOSX/", StringComparison.Ordinal) || name.Contains("/__MACOSX/"));

    /// <summary>The ending that belongs to encoded bytes, by how they begin; empty when they are no image that is known.</summary>
    public static string ExtensionOf(ReadOnlySpan<byte> encoded)
    {
        if (encoded.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
            return ".jpg";
        if (encoded.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']))
            return ".png";
        if (encoded.StartsWith("RIFF"u8))
            return ".webp";
        if (encoded.StartsWith("GIF"u8))
            return ".gif";
        return encoded.StartsWith("BM"u8) ? ".bmp" : "";
    }

    /// <summary>
    /// The first folder of every name as its class, of those that not all names share; no classes when some image lies in no such
    /// folder, or there are more of them than <see cref="DatasetJson.MaxClasses"/>.
    /// </summary>
    public static (IReadOnlyList<string> LabelNames, int[]? Labels) ByFolder(IReadOnlyList<string> names)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        var foundByText = found.GetAlternateLookup<ReadOnlySpan<char>>();
        var labels = new int[names.Count];
        int start = LengthOfSharedFolders(names);
        for (int i = 0; i < labels.Length; i++)
        {
            string name = names[i];
            int length = name.AsSpan(start).IndexOf('/');
            if (length < 0)
                return ([], null);
            ReadOnlySpan<char> folder = name.AsSpan(start, length);
            if (foundByText.TryGetValue(folder, out labels[i]))
                continue;
            if (found.Count == DatasetJson.MaxClasses)
                return ([], null);
            foundByText[folder] = labels[i] = found.Count;
        }
        string[] labelNames = [.. found.Keys.Order(StringComparer.Ordinal)];
        int[] places = [.. found.OrderBy(folder => folder.Value).Select(folder => Array.BinarySearch(labelNames, folder.Key, StringComparer.Ordinal))];
        return (labelNames, [.. labels.Select(label => places[label])]);
    }

    // Archives often hold everything in one folder, which tells nothing of what an image is.
    private static int LengthOfSharedFolders(IReadOnlyList<string> names)
    {
        string first = names[0];
        int length = first.LastIndexOf('/') + 1;
        for (int i = 1; i < names.Count && length > 0; i++)
        {
            int same = first.AsSpan(0, length).CommonPrefixLength(names[i]);
            length = first.AsSpan(0, same).LastIndexOf('/') + 1;
        }
        return length;
    }
}
