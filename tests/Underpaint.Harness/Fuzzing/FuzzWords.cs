using System.Text;

namespace Underpaint.Harness.Fuzzing;

/// <summary>Pieces that mean something to a reader.</summary>
internal static class FuzzWords
{
    /// <summary>Those of JSON.</summary>
    public static IReadOnlyList<byte[]> Json { get; } =
    [
        .. Of("{", "}", "[", "]", ",", ":", "\"", "null", "true", "-0", "1e999", "18446744073709551616", "0.5", "\\ud800", "\\u0000", "//"),
    ];

    /// <summary>Texts as bytes.</summary>
    public static IEnumerable<byte[]> Of(params string[] texts) => texts.Select(Encoding.UTF8.GetBytes);
}
