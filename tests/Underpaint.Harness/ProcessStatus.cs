using System.Globalization;

namespace Underpaint.Harness;

/// <summary>What Linux tells about a process.</summary>
internal static class ProcessStatus
{
    private const long Kibi = 1024;

    /// <summary>A figure in bytes from a process's status, such as its resident memory (VmRSS).</summary>
    public static long Read(string process, string key)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(key + ":", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * Kibi;
    }

    /// <summary>How many files a process has open.</summary>
    public static int OpenFiles(string process) => Directory.GetFileSystemEntries($"/proc/{process}/fd").Length;
}
