namespace Underpaint.Training;

/// <summary>How errors write the places and words of a recipe, short however long they are in the file.</summary>
internal static class RecipePath
{
    private const int LongestShown = 60;

    /// <summary>The path of a key inside the section at <paramref name="path"/>.</summary>
    public static string Join(string path, string key) => path.Length == 0 ? Shorten(key) : $"{path}.{Shorten(key)}";

    /// <summary>The text on one line, cut where it is very long.</summary>
    public static string Shorten(string text)
    {
        string shown = text.Length <= LongestShown ? text : text[..LongestShown] + "…";
        return string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }
}
