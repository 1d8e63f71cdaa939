using System.Runtime.InteropServices;
using Underpaint.Data.Sources;

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

    /// <summary>Reads the codes, some at a time.</summary>
    /// <param name="rows">The most codes in a piece. Default 64.</param>
    /// <param name="parts">What of them; what is left out is empty. Default all.</param>
    /// <exception cref="FileFormatException">The file is damaged.</exception>
    /// <exception cref="UnderpaintException">It cannot be read.</exception>
    IEnumerable<CodeRows> Read(int rows = 64, CodeParts parts = CodeParts.All);

    /// <summary>
    /// What the codes are, in 32 hexadecimal digits: the same for the same codes of the same images in whatever files, and others for others.
    /// All of them are read for it.
    /// </summary>
    /// <param name="cancellation">Stops between pieces.</param>
    /// <exception cref="FileFormatException">The file is damaged.</exception>
    /// <exception cref="UnderpaintException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was asked for.</exception>
    string Fingerprint(CancellationToken cancellation = default)
    {
        using var hash = new SourceHash("codes");
        int size = Origin.CodeSize, stochasticSize = Origin.StochasticCodeSize;
        foreach (CodeRows rows in Read())
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < rows.Count; i++)
            {
                hash.Add(rows.Indices[i]);
                hash.Add(rows.Files[i]);
                hash.Append(MemoryMarshal.AsBytes(rows.Codes.AsSpan(i * size, size)));
                hash.Append(MemoryMarshal.AsBytes(rows.StochasticCodes.AsSpan(i * stochasticSize, stochasticSize)));
            }
        }
        return hash.Finish();
    }
}
