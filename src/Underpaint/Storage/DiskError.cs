namespace Underpaint.Storage;

/// <summary>Turns what the operating system says about a file into what the user can do about it.</summary>
internal static class DiskError
{
    // Numbers of errors on Linux, macOS and Windows, where .NET has no exception type of its own.
    private static readonly int[] Full = [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];
    private static readonly int[] ReadOnly = [30, unchecked((int)0x80070013)];
    private static readonly int[] InUse = [11, 35, unchecked((int)0x80070020)];
    private static readonly int[] Circular = [40, 62, unchecked((int)0x80070781)];
    private static readonly int[] There = [17, unchecked((int)0x80070050)];

    /// <summary>Whether the disk, and not a mistake in the program, is the cause.</summary>
    public static bool Is(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>Whether it is only this file that is missing, closed to us or a link to itself, while others on the same disk may be fine.</summary>
    public static bool IsOfOneFile(Exception? e) => e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException
        || (e is IOException && Circular.Contains(e.HResult));

    /// <summary>Whether another process holds the file.</summary>
    public static bool IsInUse(IOException e) => InUse.Contains(e.HResult);

    /// <summary>Whether a file is there where none was expected.</summary>
    public static bool IsThere(IOException e) => There.Contains(e.HResult);

    /// <summary>A failure to write <paramref name="path"/>.</summary>
    public static UnderpaintException Writing(string path, Exception cause) =>
        new($"Cannot write {path} ({Reason(cause)}).", Remedy(cause), cause);

    /// <summary>A failure to read <paramref name="path"/>.</summary>
    public static UnderpaintException Reading(string path, Exception cause) =>
        new($"Cannot read {path} ({Reason(cause)}).", Remedy(cause), cause);

    /// <summary>The operating system's own words, to stand inside a sentence.</summary>
    public static string Reason(Exception cause) => cause.Message.TrimEnd('.');

    /// <summary>What the user can do about it.</summary>
    public static string Remedy(Exception cause) => cause switch
    {
        FileNotFoundException => "Check the path.",
        DirectoryNotFoundException => "Check the path: one of its folders is missing.",
        UnauthorizedAccessException => "Choose a place that you have permission for, or change the permissions.",
        _ when Full.Contains(cause.HResult) => "Free some space on this disk, or choose a folder on another one.",
        _ when ReadOnly.Contains(cause.HResult) => "This disk is read-only: choose a folder on another one.",
        IOException io when IsInUse(io) => "Another program has it open: close that program, then try again.",
        _ => "Check that the path is right and that the disk is connected and healthy, then try again.",
    };
}
