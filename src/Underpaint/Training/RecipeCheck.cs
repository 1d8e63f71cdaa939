using System.Globalization;

namespace Underpaint.Training;

/// <summary>Compares a recipe's values with what is possible; the errors name the place and the range.</summary>
/// <param name="recipe">What errors call the recipe.</param>
internal sealed class RecipeCheck(string recipe)
{
    /// <summary>Enough images for any run; sums of these cannot overflow.</summary>
    public const long MostImages = 1_000_000_000_000;

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public void Whole(string path, long value, long low, long high)
    {
        if (value < low || value > high)
            throw Fault(path, Invariant($"is {value}"), Invariant($"Use a whole number from {low} to {high}."));
    }

    /// <summary>A number that passes a test; the range says which do: "above 0".</summary>
    public void Number(string path, double value, bool isPossible, string range)
    {
        if (!isPossible)
            throw Fault(path, Invariant($"is {value}"), $"Use a number {range}.");
    }

    /// <summary>A name that can be part of a file's name on every system.</summary>
    public void Name(string path, string value)
    {
        bool isName = value.Length is >= 1 and <= 64 && char.IsLetterOrDigit(value[0]) && char.IsLetterOrDigit(value[^1])
            && value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ' ');
        if (!isName)
        {
            throw Fault(path, $"is \"{RecipePath.Shorten(value)}\"",
                "Use 1 to 64 letters and digits; inside the name also -, _, . and spaces.");
        }
    }

    /// <summary>The error for one place.</summary>
    public RecipeException Fault(string path, string problem, string remedy) => new(recipe, path, problem, remedy);

    /// <summary>The text with its numbers written as in a recipe, whatever the user's language.</summary>
    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
