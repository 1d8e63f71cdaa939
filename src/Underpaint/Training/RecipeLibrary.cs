using System.Reflection;
using System.Text;

namespace Underpaint.Training;

/// <summary>The recipes that come with Underpaint, and recipe files.</summary>
public static class RecipeLibrary
{
    private const string Folder = "recipes/";
    private const string Extension = ".json";

    private static readonly Assembly Resources = typeof(RecipeLibrary).Assembly;

    /// <summary>The names of the built-in recipes, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Resources.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Extension.Length]).Order(StringComparer.Ordinal)];

    /// <summary>Loads a recipe.</summary>
    /// <param name="nameOrPath">A built-in recipe's name, or a file of at most 1 MiB.</param>
    /// <param name="overrides">Values to change, each as <c>path=value</c>, in their order. Default none.</param>
    /// <param name="from">A model to go on from: see <see cref="RecipeReader.Read"/>. Default null.</param>
    /// <exception cref="RecipeException">There is no such recipe, its file cannot be read, or it breaks a rule of the
    /// format.</exception>
    public static Recipe Load(string nameOrPath, IEnumerable<string>? overrides = null, ModelDescription? from = null)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (Names.Contains(nameOrPath))
            return RecipeReader.Read(BuiltIn(nameOrPath), $"Recipe {nameOrPath}", overrides, from);
        if (File.Exists(nameOrPath))
            return RecipeReader.Read(TextOf(nameOrPath), nameOrPath, overrides, from);

        bool looksLikePath = nameOrPath.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
            || Path.GetFileName(nameOrPath) != nameOrPath;
        throw looksLikePath
            ? new RecipeException(nameOrPath, "", "is not an existing file", "Check the recipe's path.")
            : new RecipeException($"\"{RecipePath.Shorten(nameOrPath)}\"", "", "is neither a built-in recipe nor a file",
                $"{RecipeSuggestion.For(nameOrPath, Names)}The built-in recipes are {string.Join(", ", Names)}.");
    }

    private static string BuiltIn(string name)
    {
        using var reader = new StreamReader(Resources.GetManifestResourceStream(Folder + name + Extension)!);
        return reader.ReadToEnd();
    }

    /// <summary>The text of a recipe's file, or of another file as strict.</summary>
    /// <param name="path">The file, of at most 1 MiB of UTF-8.</param>
    /// <exception cref="RecipeException">It cannot be read.</exception>
    internal static string TextOf(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            // One byte more than allowed is enough to know; the length of a device or a pipe is not known beforehand.
            byte[] bytes = new byte[RecipeJson.MaximumBytes + 1];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > RecipeJson.MaximumBytes)
                throw RecipeJson.TooLong(path);
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException error)
        {
            throw new RecipeException(path, "", "is not UTF-8 text", "Save it as UTF-8.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RecipeException(path, "", $"cannot be read: {error.Message.TrimEnd('.')}", "Check its permissions.", error);
        }
    }
}
