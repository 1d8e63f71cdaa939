namespace Underpaint.Storage;

/// <summary>A file that is written once long work is done: what would stop that is said before the work begins.</summary>
public static class OutputFile
{
    /// <summary>Refuses a file that has no folder to be in. Nothing is written.</summary>
    /// <param name="path">The file that is to be written; it may exist.</param>
    /// <exception cref="UnderpaintException">Its folder does not exist, or it is itself a folder.</exception>
    public static void CheckFolder(string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new UnderpaintException($"{path} is a folder, not a file that could be written.", "Name a file in it, or choose another place.");
        if (Path.GetDirectoryName(full) is { } folder && !Directory.Exists(folder))
            throw new UnderpaintException($"There is no folder {folder} for the file {Path.GetFileName(full)}.",
                "Create the folder first, or choose another file.");
    }

    /// <summary>Refuses to replace a file of another kind than the one that is to be written.</summary>
    /// <param name="path">The file that is to be written; it may exist.</param>
    /// <param name="isOfKind">Whether a file is of that kind; a file that cannot be understood is of none.</param>
    /// <exception cref="UnderpaintException">Something else is there.</exception>
    internal static void CheckKind(string path, Func<string, bool> isOfKind)
    {
        if (File.Exists(path) && !IsOfKind())
            throw new UnderpaintException($"{path} is there already, and is something else.", "Delete it, or name another file.");

        bool IsOfKind()
        {
            try
            {
                return isOfKind(path);
            }
            catch (FileFormatException)
            {
                return false;
            }
        }
    }

    /// <summary>Refuses a file that is read for what is to be written into it.</summary>
    /// <param name="path">The file that is to be written.</param>
    /// <param name="inputs">What is read, by whatever spelling of its path.</param>
    /// <exception cref="UnderpaintException">It is one of them.</exception>
    public static void CheckIsNone(string path, params IEnumerable<string> inputs)
    {
        if (inputs.Any(input => Path.GetFullPath(input) == Path.GetFullPath(path)))
            throw new UnderpaintException($"{path} is read for this, and would be replaced by what is made of it.", "Name another file to write.");
    }
}
