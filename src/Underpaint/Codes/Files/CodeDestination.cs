namespace Underpaint.Codes.Files;

/// <summary>The place of a code file that is to be written. What is there already may be hours of work.</summary>
internal static class CodeDestination
{
    private const string Remedy = "Delete it, or name another file.";

    /// <summary>Looks for codes in the file that they would be written to, and refuses any others.</summary>
    /// <param name="path">The file.</param>
    /// <param name="origin">What the codes are made of.</param>
    /// <returns>How many codes there are, of this very origin; null where there is no file.</returns>
    /// <exception cref="UnderpaintException">Something else is there.</exception>
    public static int? Find(string path, CodeOrigin origin)
    {
        if (CodeFile.FilesOf(path, origin).FirstOrDefault(File.Exists) is not { } there)
            return null;
        string difference = "";
        try
        {
            using ICodeSource codes = CodeFile.Open(path);
            difference = codes.Origin.DifferenceOfShareFrom(origin);
            if (difference.Length == 0)
                return codes.Count;
            difference = $": codes that were made otherwise ({difference})";
        }
        catch (UnderpaintException)
        {
            // Whatever it is, it is not what is wanted.
        }
        throw new UnderpaintException($"{there} is there already, and is something else{difference}.", Remedy);
    }

    /// <summary>Looks for these very codes in the file that they would be written to, and refuses any others: codes may have been edited, which their origin does not tell.</summary>
    /// <param name="path">The file.</param>
    /// <param name="codes">The codes; stay open. All of them are read if there is a file.</param>
    /// <param name="stop">Stops between pieces.</param>
    /// <returns>Whether they are there, and need not be written.</returns>
    /// <exception cref="UnderpaintException">Something else is there, or other codes.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static bool Holds(string path, ICodeSource codes, CancellationToken stop = default)
    {
        if (Find(path, codes.Origin) is null)
            return false;
        using ICodeSource there = CodeFile.Open(path);
        if (there.Fingerprint(stop) != codes.Fingerprint(stop))
            throw new UnderpaintException($"{path} is there already, and holds other codes of the same images: edited ones, or another machine's.", Remedy);
        return true;
    }
}
