using Underpaint.Storage;

namespace Underpaint.Codes.Files;

/// <summary>Makes one code file of the shards of an encoding, or of a file in another format.</summary>
public static class CodeJoiner
{
    /// <summary>Writes one file; of all shards it is, to the byte, the one that encoding without shards gives.</summary>
    /// <param name="paths">Code files of one encoding, without a gap between the first image and the last; in any order and format.</param>
    /// <param name="destination">The file to write; it may be none of <paramref name="paths"/>.</param>
    /// <returns>What the new file is about, and how many codes it holds.</returns>
    /// <exception cref="UnderpaintException">The files do not go together, a shard is missing, or a file cannot be read or written.</exception>
    public static (CodeOrigin Origin, int Count) Join(IReadOnlyList<string> paths, string destination)
    {
        CodeFile.CheckKind(destination);
        OutputFile.CheckIsNone(destination, paths);
        using ICodeSource codes = CodeFile.OpenAll(paths);
        if (codes is JoinedCodes { Gap: int missing })
            throw new UnderpaintException($"None of these files is about image {missing}, though others around it are: a shard is missing.",
                "Encode that shard, then join again.");
        CodeFile.Write(destination, codes);
        return (codes.Origin, codes.Count);
    }
}
