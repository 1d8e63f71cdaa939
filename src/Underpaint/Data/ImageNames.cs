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
        IsImage(name) && !name.Split('/').Any(part => part.StartsWith('.') || part == "__MACOSX");

    /// <summary>The first folder of every name as its class; no classes when some image lies in no folder.</summary>
    public static (IReadOnlyList<string> LabelNames, int[]? Labels) ByFolder(IReadOnlyList<string> names)
    {
        if (names.Any(name => !name.Contains('/')))
            return ([], null);
        string[] folders = [.. names.Select(name => name[..name.IndexOf('/')])];
        string[] labelNames = [.. folders.Distinct().Order(StringComparer.Ordinal)];
        return (labelNames, [.. folders.Select(folder => Array.BinarySearch(labelNames, folder, StringComparer.Ordinal))]);
    }
}
