using System.Text;

namespace Underpaint.Storage;

/// <summary>File names made of names that come from outside, such as those in an archive.</summary>
internal static class FileNames
{
    private const int MaxLength = 100;

    // Systems take 255, of which an ending and the name of what is not yet complete need some.
    private const int MaxBytes = 200;

    /// <summary>
    /// A name that leads nowhere and is allowed on every system: letters, digits, '.', '-' and '_' stay, everything else
    /// becomes '-', also '/'.
    /// </summary>
    /// <param name="name">Any text.</param>
    /// <returns>1 … 100 characters, at most 200 bytes in UTF-8, neither first nor last a '.' or '-'.</returns>
    public static string Plain(string name)
    {
        string replaced = string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '.' or '_' ? c : '-'));
        string joined = string.Join('-', replaced.Split('-', StringSplitOptions.RemoveEmptyEntries));
        // The end of a long path says more than its beginning.
        int start = Math.Max(0, joined.Length - MaxLength);
        while (Encoding.UTF8.GetByteCount(joined.AsSpan(start)) > MaxBytes)
            start++;
        string plain = joined[start..].Trim('.', '-');
        return plain.Length > 0 ? plain : "image";
    }
}
