namespace Underpaint.Codes;

/// <summary>A fixed, ordered set of codes: a file, or several as one. It is read from the first to the last, as often as needed.</summary>
public interface ICodeSource : IDisposable
{
    /// <summary>Where the codes come from: a path.</summary>
    string Path { get; }

    /// <summary>What they were made of.</summary>
    CodeOrigin Origin { get; }

    /// <summary>The classes' names by label; empty when the images have no labels.</summary>
    IReadOnlyList<string> LabelNames { get; }

    /// <summary>How many codes there are.</summary>
    int Count { get; }

    /// <summary>Mean and deviation of the codes.</summary>
    CodeStatistics Statistics { get; }

    /// <summary>Reads the codes, some at a time.</summary>
    /// <param name="rows">The most codes in a piece. Default 64.</param>
    /// <exception cref="FileFormatException">The file is damaged.</exception>
    /// <exception cref="UnderpaintException">It cannot be read.</exception>
    IEnumerable<CodeRows> Read(int rows = 64);
}
