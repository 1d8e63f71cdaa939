using Underpaint.Storage;
using Underpaint.Storage.Parquet;

namespace Underpaint.Codes.Files;

/// <summary>
/// Code files: <c>.safetensors</c>, <c>.npy</c> (with a JSON file beside it) and <c>.parquet</c>. All hold the same: codes, the images'
/// names, numbers and classes, what the codes were made of, and their statistics; stochastic codes where they were asked for.
/// </summary>
public static class CodeFile
{
    /// <summary>The endings of code files, for messages.</summary>
    public const string Kinds = ".safetensors, .npy or .parquet";

    /// <summary>Opens a code file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The codes; the caller disposes them.</returns>
    /// <exception cref="FileFormatException">It is no code file, or is damaged.</exception>
    /// <exception cref="UnderpaintException">It is missing or cannot be read.</exception>
    public static ICodeSource Open(string path) => Path.GetExtension(path) switch
    {
        ".safetensors" => new SafetensorsCodes(path),
        ".npy" => new NpyCodes(path),
        ".parquet" => new ParquetCodes(path),
        _ => throw UnknownKind(path),
    };

    /// <summary>Whether a file is meant to hold codes: by its ending, and of a safetensors or parquet file by what it says about itself.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UnderpaintException">It is a safetensors or parquet file that is damaged or cannot be read.</exception>
    public static bool IsCodeFile(string path)
    {
        switch (Path.GetExtension(path))
        {
            case ".safetensors":
                using (SafetensorsFile file = SafetensorsFile.Open(path))
                    return file.Metadata.ContainsKey(CodeHeader.Key);
            case ".parquet":
                using (ParquetFile file = ParquetFile.Open(path))
                    return file.Metadata.ContainsKey(CodeHeader.Key);
            default:
                return Path.GetExtension(path) == ".npy";
        }
    }

    /// <summary>Opens several code files, such as the shards of one encoding, as one.</summary>
    /// <param name="paths">The files, in any order; at least one.</param>
    /// <returns>The codes in the order of the images; the caller disposes them.</returns>
    /// <exception cref="UnderpaintException">One of them cannot be read, they do not go together, or not one code is in them.</exception>
    public static ICodeSource OpenAll(IEnumerable<string> paths)
    {
        var opened = new List<ICodeSource>();
        try
        {
            foreach (string path in paths)
                opened.Add(Open(path));
            ICodeSource all = opened.Count == 1 ? opened[0] : new JoinedCodes(opened);
            return all.Count > 0 ? all : throw new FileFormatException(all.Path, "holds not one code: none of the images that it is about could be read",
                "Give the other shards of the encoding too, or check its images with `underpaint inspect`.");
        }
        catch
        {
            opened.ForEach(codes => codes.Dispose());
            throw;
        }
    }

    /// <summary>Writes a code file, whole or not at all; the same codes give the same bytes. Only some codes are in memory at a time.</summary>
    /// <param name="path">The file; replaced if it exists. Its ending says in which format.</param>
    /// <param name="codes">The codes; read several times, the stochastic ones once, and stay open.</param>
    /// <param name="stop">Stops between pieces; nothing is written then.</param>
    /// <exception cref="UnderpaintException">The ending is unknown, or the file cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static void Write(string path, ICodeSource codes, CancellationToken stop = default)
    {
        CheckKind(path);
        // What a killed process was writing is as large as the file.
        foreach (string file in FilesOf(path, codes.Origin))
            AtomicFile.RemoveLeftoversOf(file);
        using var stoppable = new StoppableCodes(codes, stop);
        CodeHeader header = CodeHeader.Of(stoppable);
        switch (Path.GetExtension(path))
        {
            case ".safetensors": SafetensorsCodes.Write(path, stoppable, header); break;
            case ".npy": NpyCodes.Write(path, stoppable, header); break;
            default: ParquetCodesWriter.Write(path, stoppable, header); break;
        }
    }

    /// <summary>Refuses a path whose ending is no format's, before any work is done for it.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="UnderpaintException">It is.</exception>
    public static void CheckKind(string path)
    {
        if (Path.GetExtension(path) is not (".safetensors" or ".npy" or ".parquet"))
            throw UnknownKind(path);
    }

    /// <summary>The files that a code file is written to, itself first.</summary>
    internal static IReadOnlyList<string> FilesOf(string path, CodeOrigin origin) =>
        Path.GetExtension(path) == ".npy" ? NpyCodes.FilesOf(path, origin) : [path];

    /// <summary>Refuses names that a format has no room for, before any work is done for them.</summary>
    /// <param name="path">The file; its ending says in which format.</param>
    /// <param name="names">The images' names.</param>
    /// <exception cref="UnderpaintException">They are too long in all.</exception>
    internal static void CheckNames(string path, IEnumerable<string> names)
    {
        if (Path.GetExtension(path) == ".npy")
            NpyCodes.CheckNames(path, names);
    }

    private static UnderpaintException UnknownKind(string path) =>
        new($"{path} has not the ending of a code file.", $"Name a file that ends in {Kinds}.");
}
