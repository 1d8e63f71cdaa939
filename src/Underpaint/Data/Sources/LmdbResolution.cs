using System.Globalization;
using System.Text;

namespace Underpaint.Data.Sources;

/// <summary>
/// The images of one size in a database of Diff-AE's: keys of a size, a hyphen and the image's number, such as <c>256-00000</c>.
/// </summary>
/// <param name="Size">The length of the images' short side in pixels, as the keys have it; or <c>None</c> for images as they were.</param>
/// <param name="Digits">Digits that a number is filled up to with zeros.</param>
internal sealed record LmdbResolution(string Size, int Digits)
{
    private const string AnySize = "None";
    private const int MostSizeDigits = 5, MostNumberDigits = 9;

    /// <summary>Between what keys with a size in numbers lie, and those of images as they were.</summary>
    public static IReadOnlyList<(string From, string To)> Ranges { get; } = [("1", ":"), (AnySize + "-", AnySize + ".")];

    /// <summary>The images' short side in pixels; the largest number there is for images as they were.</summary>
    public int Pixels => Size == AnySize ? int.MaxValue : int.Parse(Size, CultureInfo.InvariantCulture);

    /// <summary>What keys behind all those of this size begin with.</summary>
    public byte[] End => Encoding.ASCII.GetBytes($"{Size}{(char)('-' + 1)}");

    /// <summary>The resolution and the number that a key tells; null where it is no image's.</summary>
    public static (LmdbResolution Resolution, int Number)? Parse(ReadOnlySpan<byte> key)
    {
        int hyphen = key.IndexOf((byte)'-');
        if (hyphen < 0)
            return null;
        string size = Encoding.ASCII.GetString(key[..hyphen]), number = Encoding.ASCII.GetString(key[(hyphen + 1)..]);
        bool isSize = size == AnySize || IsNumber(size, MostSizeDigits) && size[0] != '0';
        return isSize && IsNumber(number, MostNumberDigits)
            ? (new(size, number.Length), int.Parse(number, CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>An image's key.</summary>
    public string NameOf(int number) => $"{Size}-{number.ToString($"D{Digits}", CultureInfo.InvariantCulture)}";

    private static bool IsNumber(string text, int mostDigits) => text.Length > 0 && text.Length <= mostDigits && text.All(char.IsAsciiDigit);
}
