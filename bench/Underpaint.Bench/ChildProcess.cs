using System.Diagnostics;

namespace Underpaint.Bench;

/// <summary>
/// This program again, in a process of its own: so that one side's memory, threads and compiled code are not the other's.
/// </summary>
internal static class ChildProcess
{
    /// <summary>Runs it to its end and returns what it printed; its errors appear on this process's standard error.</summary>
    /// <exception cref="UnderpaintException">It failed.</exception>
    public static string Run(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? output
            : throw new UnderpaintException($"`{string.Join(' ', start.ArgumentList)}` failed with exit code {child.ExitCode}.", "Run it alone to see why.");
    }
}
