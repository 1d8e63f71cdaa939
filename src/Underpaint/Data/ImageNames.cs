namespace Underpaint.Data;

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
    /// The first folder of every name as its class; no classes when some image lies in no folder, or there are more folders than
    /// <see cref="DatasetJson.MaxClasses"/>.
    /// </summary>
    public static (IReadOnlyList<string> LabelNames, int[]? Labels) ByFolder(IReadOnlyList<string> names)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        var foundByText = found.GetAlternateLookup<ReadOnlySpan<char>>();
        var labels = new int[names.Count];
        for (int i = 0; i < labels.Length; i++)
        {
            string name = names[i];
            int slash = name.IndexOf('/');
            if (slash < 0)
                return ([], null);
            ReadOnlySpan<char> folder = name.AsSpan(0, slash);
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
}
