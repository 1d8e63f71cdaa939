using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Underpaint.Harness.Killing;

/// <summary>The built tool, run as users run it: in a process of its own.</summary>
internal sealed partial class Tool
{
    private readonly string _program;

    /// <summary>Uses a built tool.</summary>
    /// <param name="program">Its path.</param>
    public Tool(string program) => _program = program;

    /// <summary>The tool that was built with this program, in the same configuration.</summary>
    public static Tool Built()
    {
        string output = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string framework = Path.GetFileName(output), configuration = Path.GetFileName(Path.GetDirectoryName(output))!;
        string? root = output;
        while (root is not null && !File.Exists(Path.Combine(root, "Underpaint.slnx")))
            root = Path.GetDirectoryName(root);
        string name = OperatingSystem.IsWindows() ? "Underpaint.Cli.exe" : "Underpaint.Cli";
        string program = Path.Combine(root ?? ".", "src", "Underpaint.Cli", "bin", configuration, framework, name);
        return File.Exists(program) ? new(program) : throw new FileNotFoundException($"The tool is not built: {program} is missing.");
    }

    /// <summary>Starts it; what it prints goes to a file.</summary>
    /// <param name="log">The file, which is added to.</param>
    /// <param name="args">Its command line.</param>
    public ToolProcess Start(string log, params string[] args)
    {
        var start = new ProcessStartInfo(_program, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        return new ToolProcess(Process.Start(start)!, log);
    }

    /// <summary>Asks a process to end, as a system that shuts down does.</summary>
    public static void Terminate(Process process)
    {
        const int Term = 15;
        _ = Kill(process.Id, Term);
    }

    /// <summary>Tells a process that its terminal was closed, as a shell and the system do: twice, one right after the other.</summary>
    public static void HangUp(Process process)
    {
        const int Hup = 1;
        _ = Kill(process.Id, Hup);
        _ = Kill(process.Id, Hup);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
