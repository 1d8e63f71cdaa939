namespace Underpaint.Training;

/// <summary>
/// A recipe, an override of one of its values, or an experiment, whose format is as strict, breaks a rule of its format.
/// </summary>
public sealed class RecipeException : UnderpaintException
{
    /// <summary>Creates the error.</summary>
    /// <param name="recipe">The recipe's file, or "Recipe NAME".</param>
    /// <param name="path">Where in the recipe, such as <c>phases[0].images</c>; empty for the recipe as a whole.</param>
    /// <param name="problem">What is wrong there, as the rest of the sentence "PATH …".</param>
    /// <param name="remedy">What the user can do now, as a full sentence.</param>
    /// <param name="inner">The cause, if another error led to this one.</param>
    public RecipeException(string recipe, string path, string problem, string remedy, Exception? inner = null)
        : base(path.Length == 0 ? $"{recipe} {problem}." : $"{recipe}: {path} {problem}.", remedy, inner)
    {
        Recipe = recipe;
        Path = path;
    }

    /// <summary>The recipe's file, or "Recipe NAME".</summary>
    public string Recipe { get; }

    /// <summary>Where in the recipe, such as <c>phases[0].images</c>; empty for the recipe as a whole.</summary>
    public string Path { get; }
}
