namespace Underpaint;

/// <summary>A file is damaged, is of another format, or breaks a rule or a limit of its format.</summary>
public sealed class FileFormatException : UnderpaintException
{
    /// <summary>Creates the error.</summary>
    /// <param name="file">The file's path, or its name inside an archive.</param>
    /// <param name="problem">Which rule is broken, as the rest of the sentence "FILE …".</param>
    /// <param name="remedy">What the user can do now, as a full sentence.</param>
    /// <param name="inner">The cause, if another error led to this one.</param>
    public FileFormatException(string file, string problem, string remedy, Exception? inner = null)
        : base($"{file} {problem}.", remedy, inner) => File = file;

    /// <summary>The file's path, or its name inside an archive.</summary>
    public string File { get; }
}
