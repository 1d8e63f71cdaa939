using Underpaint.Storage;

namespace Underpaint.Codes.Files;

/// <summary>Makes one code file of the shards of an encoding, or of a file in another format.</summary>
public static class CodeJoiner
{
    /// <summary>Writes one file; of all shards it is, to the byte, the one that encoding without shards gives.</summary>
    /// <param name="paths">Code files of one encoding, without a gap between the first image and the last; in any order and format.</param>
    /// <param name="destination">
    /// The file to write; it may be none of <paramref name="paths"/>. If these codes are there already, nothing is done.
    /// </param>
    /// <param name="stop">Stops between pieces; nothing is written then.</param>
    /// <returns>What the file is about, and how many codes it holds.</returns>
    /// <exception cref="UnderpaintException">The files do not go together, a shard is missing, something else is there already, or a file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static (CodeOrigin Origin, int Count) Join(IReadOnlyList<string> paths, string destination, CancellationToken stop = default)
    {
        CodeFile.CheckKind(destination);
        OutputFile.CheckIsNone(destination, paths);
        using ICodeSource codes = CodeFile.OpenAll(paths);
        if (codes is JoinedCodes { Gap: int missing })
            throw new UnderpaintException($"None of these files is about image {missing}, though others around it are: a shard is missing.",
                "Encode that shard, then join again.");
        if (!CodeDestination.Holds(destination, codes, stop))
            CodeFile.Write(destination, codes, stop);
        return (codes.Origin, codes.Count);
    }
}
