namespace Underpaint.Training;

/// <summary>Finds what the user may have meant by a word that is not known.</summary>
internal static class RecipeSuggestion
{
    // No key or name is near this long; it bounds the work that a hostile word can cause.
    private const int LongestWord = 64;

    /// <summary>The known word nearest to the given one as a sentence with a space after it, or "" where none is near.</summary>
    public static string For(string word, IEnumerable<string> known)
    {
        if (word.Length > LongestWord)
            return "";
        string? nearest = known.MinBy(candidate => Distance(word, candidate));
        bool isNear = nearest is not null && nearest != word && Distance(word, nearest) <= Math.Max(2, nearest.Length / 3);
        return isNear ? $"Did you mean \"{nearest}\"? " : "";
    }

    // Levenshtein's distance, upper and lower case being the same.
    private static int Distance(string a, string b)
    {
        int[] above = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                row[j] = Math.Min(above[j - 1] + change, 1 + Math.Min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[^1];
    }
}
